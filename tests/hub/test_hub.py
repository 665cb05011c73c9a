"""The socket process, run for real on a free port: who may listen hears, who left is put out, nobody else can speak."""

import asyncio
import json
import os
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.request import Request, urlopen

import pytest
import uvicorn
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tsunagari.hub import tickets
from tsunagari.hub.app import CHANNEL, Hub
from tsunagari.hub.board import Board, Listener
from tsunagari.hub.tickets import Ticket

KEY = b"k" * 32


def _ticket(*topics: str, session: str = "s1", account: str = "a1", seconds: float = 60) -> str:
    return tickets.write(Ticket(topics, session, account, "entry.read", int(time.time() + seconds)), KEY)


class Running:
    """A hub that answers on `port`."""

    def __init__(self, hub: Hub, port: int) -> None:
        self.hub, self.port = hub, port

    def listen(self, ticket: str) -> Any:
        return connect(f"ws://127.0.0.1:{self.port}/sockets/?ticket={ticket}")

    async def tell(self, order: dict[str, Any], key: bytes = KEY) -> int:
        body = json.dumps(order).encode()
        headers = {"X-Tsunagari-Signature": tickets.seal_post(body, key)}
        request = Request(f"http://127.0.0.1:{self.port}/sockets/nudges/", body, headers)

        def send() -> int:
            try:
                with urlopen(request, timeout=5) as answer:
                    return int(answer.status)
            except OSError as refused:
                return int(getattr(refused, "code", 0))

        return await asyncio.to_thread(send)

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not holds():
                await asyncio.sleep(0.005)


def with_hub(story: Callable[[Running], Awaitable[None]], redis_url: str = "") -> None:
    async def run() -> None:
        hub = Hub(KEY, redis_url)
        server = uvicorn.Server(uvicorn.Config(hub, port=0, log_level="error", timeout_graceful_shutdown=1))
        serving = asyncio.ensure_future(server.serve())
        while not server.started:
            await asyncio.sleep(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            await story(Running(hub, port))
        finally:
            server.should_exit = True
            await serving

    asyncio.run(run())


def test_a_page_hears_of_its_topics_and_of_no_other() -> None:
    async def story(town: Running) -> None:
        async with town.listen(_ticket("desk")) as desk, town.listen(_ticket("other", session="s2")) as other:
            await town.until(lambda: town.hub.board.count() == 2)
            assert await town.tell({"topics": ["desk"], "url": "/desk/"}) == 204
            assert json.loads(await desk.recv()) == {"look": "/desk/", "topics": ["desk"]}
            await town.tell({"topics": ["other"], "url": "/other/"})
            assert json.loads(await other.recv())["look"] == "/other/"

    with_hub(story)


@pytest.mark.parametrize("ticket", ["", "rubbish", _ticket("desk", seconds=-5), _ticket("desk")[:-2] + "00"])
def test_without_a_good_ticket_the_door_stays_shut(ticket: str) -> None:
    async def story(town: Running) -> None:
        with pytest.raises(InvalidStatus):
            async with town.listen(ticket):
                pass

    with_hub(story)


@pytest.mark.parametrize("close", ["session:s1", "account:a1"])
def test_the_end_of_a_session_or_an_account_closes_its_sockets_at_once(close: str) -> None:
    async def story(town: Running) -> None:
        async with (
            town.listen(_ticket("desk")) as mine,
            town.listen(_ticket("desk", session="s2", account="a2")) as hers,
        ):
            await town.until(lambda: town.hub.board.count() == 2)
            await town.tell({"close": [close]})
            with pytest.raises(ConnectionClosed) as closed:
                await mine.recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4001
            await town.until(lambda: town.hub.board.count() == 1)
            await town.tell({"topics": ["desk"], "url": "/x/"})
            assert json.loads(await hers.recv())["look"] == "/x/"

    with_hub(story)


def test_a_socket_ends_with_its_ticket() -> None:
    async def story(town: Running) -> None:
        async with town.listen(_ticket("desk", seconds=1)) as mine:
            with pytest.raises(ConnectionClosed):
                await mine.recv()

    with_hub(story)


def test_only_our_pages_may_nudge() -> None:
    async def story(town: Running) -> None:
        assert await town.tell({"close": ["session:s1"]}, key=b"x" * 32) == 403
        assert await town.tell({"close": ["session:" + "x" * 70000]}) == 403

    with_hub(story)


def test_what_a_page_says_is_dropped_and_a_page_that_leaves_takes_no_room() -> None:
    async def story(town: Running) -> None:
        async with town.listen(_ticket("desk")) as mine:
            await mine.send("let me in everywhere")
            await town.tell({"topics": ["desk"], "url": "/x/"})
            assert json.loads(await mine.recv())["look"] == "/x/"
        await town.until(lambda: town.hub.board.count() == 0)
        assert not town.hub.board._on

    with_hub(story)


def test_a_slow_reader_loses_the_oldest_nudge_and_never_the_end() -> None:
    async def story() -> None:
        board, listener = Board(), Listener(Ticket(("desk",), "s", "", "", 0))
        board.join(listener)
        for number in range(100):
            board.handle({"topics": ["desk"]}, str(number))
        assert listener.queue.get_nowait() == "36"
        board.handle({"close": ["session:s"]}, "")
        assert listener.queue.get_nowait() is None

    asyncio.run(story())


@pytest.mark.skipif("TEST_REDIS_URL" not in os.environ, reason="no Redis here")
def test_with_a_cache_server_nudges_come_over_it() -> None:
    from redis import Redis

    url = os.environ["TEST_REDIS_URL"]

    async def story(town: Running) -> None:
        client = Redis.from_url(url)
        async with town.listen(_ticket("desk")) as mine:
            await town.until(lambda: client.pubsub_numsub(CHANNEL)[0][1] > 0)
            client.publish(CHANNEL, json.dumps({"topics": ["desk"], "url": "/desk/"}))
            assert json.loads(await mine.recv())["look"] == "/desk/"
        client.close()

    with_hub(story, url)

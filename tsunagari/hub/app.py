"""The socket process: tickets in, nudges out. Bare ASGI; it knows no model, no page and no person.

`GET /sockets/?ticket=…` (WebSocket) listens; `POST /sockets/nudges/` (signed) tells; with CACHE_URL Redis tells too.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from tsunagari.hub import tickets
from tsunagari.hub.board import Board, Listener
from tsunagari.hub.tickets import Ticket

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

CHANNEL = "tsunagari.nudges"
_LARGEST = 65536
_ENDED, _REFUSED = 4001, 4003

logger = logging.getLogger(__name__)


class Hub:
    """An ASGI application with one board of listeners. `redis_url` empty: nudges come over loopback only."""

    def __init__(self, key: bytes, redis_url: str = "") -> None:
        self.key = key
        self.redis_url = redis_url
        self.board = Board()
        self._subscriber: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._lifespan(receive, send)

    # --- sockets -----------------------------------------------------------------------------------------------
    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        query = parse_qs(scope.get("query_string", b"").decode("ascii", "replace"))
        ticket = tickets.read(query.get("ticket", [""])[0], self.key)
        if ticket is None:
            await send({"type": "websocket.close", "code": _REFUSED})
            return
        await send({"type": "websocket.accept"})
        listener = Listener(ticket)
        self.board.join(listener)
        leaving = asyncio.ensure_future(self._until_gone(receive))
        telling = asyncio.ensure_future(self._tell(listener, ticket, send))
        try:
            await asyncio.wait({leaving, telling}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.board.leave(listener)
            for task in (leaving, telling):
                task.cancel()
            await asyncio.gather(leaving, telling, return_exceptions=True)

    @staticmethod
    async def _until_gone(receive: Receive) -> None:
        """The page has nothing to say here: whatever comes in is dropped until it leaves."""
        while (await receive())["type"] != "websocket.disconnect":
            pass

    @staticmethod
    async def _tell(listener: Listener, ticket: Ticket, send: Send) -> None:
        """Pass nudges on until the session ends or the ticket runs out."""
        while True:
            left = ticket.until - time.time()
            try:
                message = await asyncio.wait_for(listener.queue.get(), max(left, 0.01))
            except TimeoutError:
                message = None
            if message is None:
                await send({"type": "websocket.close", "code": _ENDED})
                return
            await send({"type": "websocket.send", "text": message})

    # --- nudges ------------------------------------------------------------------------------------------------
    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        while True:
            part = await receive()
            body += part.get("body", b"")
            if len(body) > _LARGEST or not part.get("more_body"):
                break
        status = self._status(scope, body)
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    def _status(self, scope: Scope, body: bytes) -> int:
        if scope["path"] == "/sockets/health/":
            return 204
        if scope["path"] != "/sockets/nudges/" or scope["method"] != "POST":
            return 404
        signature = dict(scope["headers"]).get(b"x-tsunagari-signature", b"").decode("ascii", "replace")
        if len(body) > _LARGEST or not tickets.post_is_ours(body, signature, self.key):
            return 403
        self.nudge(body)
        return 204

    def nudge(self, body: bytes) -> None:
        """One order: `topics` to tell of `url`, or `close` (sessions, accounts)."""
        try:
            order = json.loads(body)
        except ValueError:
            return
        self.board.handle(order, json.dumps({"look": order.get("url", ""), "topics": order.get("topics", [])}))

    # --- life --------------------------------------------------------------------------------------------------
    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def start(self) -> None:
        """Begin to listen to Redis, when there is one."""
        if self.redis_url:
            self._subscriber = asyncio.ensure_future(self._subscribe())

    async def stop(self) -> None:
        """Stop listening; open sockets are closed by the server."""
        if self._subscriber:
            self._subscriber.cancel()
            await asyncio.gather(self._subscriber, return_exceptions=True)

    async def _subscribe(self) -> None:
        from redis import asyncio as redis
        from redis.exceptions import RedisError

        while True:
            try:
                async with redis.from_url(self.redis_url) as client, client.pubsub() as channel:
                    await channel.subscribe(CHANNEL)
                    async for message in channel.listen():
                        if message["type"] == "message":
                            self.nudge(message["data"])
            except (RedisError, OSError):
                logger.warning("the hub lost Redis; trying again")
                await asyncio.sleep(1)

"""Who listens to what, and the closing of sockets. Pure bookkeeping over asyncio queues."""

import asyncio
from collections import defaultdict
from typing import Any

from tsunagari.hub.tickets import Ticket

CLOSE = None
_WAITING = 64


class Listener:
    """One open socket: its ticket and the messages on their way to it. A reader too slow loses the oldest nudge."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        self.queue: asyncio.Queue[str | None] = asyncio.Queue(_WAITING)

    def put(self, message: str | None) -> None:
        """Queue a message; closing passes before everything that waits."""
        while message is CLOSE and not self.queue.empty():
            self.queue.get_nowait()
        if self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(message)


class Board:
    """Topics, sessions and accounts, each with the sockets that hang on them."""

    def __init__(self) -> None:
        self._on: defaultdict[str, set[Listener]] = defaultdict(set)

    @staticmethod
    def _names(ticket: Ticket) -> list[str]:
        own = [f"session:{ticket.session}"] if ticket.session else []
        own += [f"account:{ticket.account}"] if ticket.account else []
        return [*(f"topic:{topic}" for topic in ticket.topics), *own]

    def join(self, listener: Listener) -> None:
        """From now on the socket hears its topics."""
        for name in self._names(listener.ticket):
            self._on[name].add(listener)

    def leave(self, listener: Listener) -> None:
        """The socket is gone; a topic nobody listens to takes no room."""
        for name in self._names(listener.ticket):
            self._on[name].discard(listener)
            if not self._on[name]:
                del self._on[name]

    def count(self) -> int:
        """How many sockets are open."""
        return len({listener for listeners in self._on.values() for listener in listeners})

    def handle(self, order: dict[str, Any], message: str) -> None:
        """One nudge from the pages: tell the topics, or close what hangs on a session or an account."""
        for topic in order.get("topics", ()):
            for listener in self._on.get(f"topic:{topic}", ()):
                listener.put(message)
        for name in order.get("close", ()):
            for listener in self._on.get(name, ()):
                listener.put(CLOSE)

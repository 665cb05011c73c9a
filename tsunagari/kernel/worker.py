"""The process that delivers: django_tasks_db's worker with our timetable beside it."""

import logging
import secrets
import threading

from django.db import DatabaseError, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker

from tsunagari.kernel import timetable

logger = logging.getLogger(__name__)

_TURN = 5.0


class TownWorker:
    """Works off the queues until `stop`. Runs in the caller's thread; the timetable has a small one of its own."""

    def __init__(self, *, interval: float = 1.0, batch: bool = False) -> None:
        self.worker_id = secrets.token_hex(16)
        self._ended = threading.Event()
        self._worker = Worker(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.worker_id,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Block until stopped (or, in batch mode, until nothing is left)."""
        clock = threading.Thread(target=self._turns, name="timetable", daemon=True)
        clock.start()
        while not self._ended.is_set():
            try:
                self._worker.run()
                break
            except DatabaseError:
                # The database restarts: come back, the reaper gives this worker's own task to somebody.
                logger.warning("the worker lost the database; trying again", exc_info=True)
                close_old_connections()
                self._ended.wait(_TURN)
        self.stop()
        clock.join(timeout=10)
        connections.close_all()

    def stop(self) -> None:
        """Finish the task in hand, take no other."""
        self._worker.running = False
        self._ended.set()

    def _turns(self) -> None:
        while True:
            try:
                timetable.turn(self.worker_id)
            except DatabaseError:
                logger.warning("a turn of the timetable failed", exc_info=True)
                close_old_connections()
            if self._ended.wait(_TURN):
                connections.close_all()
                return

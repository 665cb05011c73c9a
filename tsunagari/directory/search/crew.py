"""The words of very many entries, cut by the other cores while this process goes on with something else.

Run as a module it is one of the others: it reads portions from its standard input and answers on its output."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from queue import SimpleQueue

from tsunagari.directory.search.entries import Indexed, Said, indexed

Cut = Callable[[Sequence[Said]], Iterable[Indexed]]
Portion = tuple[Sequence[Said], "Future[list[Indexed]]"]
MANY = 2000  # of fewer entries this process has cut the words before another has started
_PORTION = 200


@contextmanager
def crew(entries: int) -> Iterator[Cut]:
    """A function that takes what entries say and gives back what is indexed of each, in the same order: at once for
    few entries, from other processes for many. Same results either way."""
    others = len(os.sched_getaffinity(0)) - 1
    if entries < MANY or not others:
        yield lambda said: map(indexed, said)
        return
    free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
    with ExitStack() as stack:
        for _ in range(others):
            free.put(stack.enter_context(_other()))
        pool = stack.enter_context(ThreadPoolExecutor(others))  # each thread waits for one process
        stack.callback(pool.shutdown, cancel_futures=True)
        yield lambda said: _collected(_handed_out(pool, free, said))


@contextmanager
def _other() -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own, neither forked nor spawned by multiprocessing: this one may have threads, holds
    connections that no other may touch, and its main module may do anything when it is imported again."""
    command = [sys.executable, "-m", __spec__.name]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        with suppress(BrokenPipeError):  # it may have died before it was told
            process.communicate()


def _handed_out(
    pool: ThreadPoolExecutor, free: "SimpleQueue[subprocess.Popen[bytes]]", said: Sequence[Said]
) -> list[Portion]:
    def ask(portion: Sequence[Said]) -> list[Indexed]:
        process = free.get()
        try:
            assert process.stdin
            assert process.stdout
            pickle.dump(portion, process.stdin)
            process.stdin.flush()
            answer: list[Indexed] = pickle.load(process.stdout)
            return answer
        finally:
            free.put(process)

    portions = [said[start : start + _PORTION] for start in range(0, len(said), _PORTION)]
    return [(portion, pool.submit(ask, portion)) for portion in portions]


def _collected(portions: Iterable[Portion]) -> Iterator[Indexed]:
    """What nobody has begun, and what a process that was killed leaves behind, is cut here."""
    for said, others in portions:
        if others.cancel():
            yield from map(indexed, said)
            continue
        try:
            yield from others.result()
        except (OSError, EOFError, pickle.UnpicklingError):
            yield from map(indexed, said)


def _serve() -> None:
    while True:
        try:
            said: list[Said] = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump([indexed(one) for one in said], sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()

"""Work on files that nobody vouches for: done in child processes with a time and a memory limit.

Files exist that make a reader run for ever, ask for all memory, or abort its process without an exception; only a
child process survives them.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

SECONDS, MEGABYTES = 60.0, 1500
_LOOK_EVERY = 0.1
# Set: what an exception in a child was goes to standard error, for those who look for a fault of ours.
DEBUG = "PHOIHOP_DEBUG"


@dataclass(frozen=True, slots=True)
class Lost:
    """No result: ``limit`` is "time", "memory" or "crash"."""

    limit: str


def work_through(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int = 1,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Iterator[tuple[int, Result | Lost]]:
    """(place of the item, result or Lost) as each is done; ``function`` and the items must be picklable."""
    waiting = deque(enumerate(items))
    team = [_Worker(function, seconds, megabytes) for _ in range(min(jobs, len(items)))]
    try:
        while waiting or any(worker.busy for worker in team):
            for worker in team:
                if waiting and not worker.busy:
                    worker.give(*waiting.popleft())
            wait([worker.pipe for worker in team if worker.busy], timeout=_LOOK_EVERY)
            yield from (done for worker in team if worker.busy and (done := worker.look()) is not None)
    finally:
        for worker in team:
            worker.stop()


class _Worker:
    """One child process; it is replaced after it was lost."""

    process: BaseProcess
    pipe: Connection

    def __init__(self, function: Callable[[Any], Any], seconds: float, megabytes: int) -> None:
        self.function, self.seconds, self.megabytes = function, seconds, megabytes
        self.place: int | None = None
        self.until = 0.0
        self._start()

    @property
    def busy(self) -> bool:
        return self.place is not None

    def _start(self) -> None:
        # A forked child costs milliseconds, but only Linux forks safely.
        context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(self.function, theirs, self.megabytes), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()

    def give(self, place: int, item: object) -> None:
        self.place, self.until = place, time.monotonic() + self.seconds
        with suppress(OSError):  # a child that died at once is noticed at the next look
            self.pipe.send(item)

    def look(self) -> tuple[int, Any] | None:
        """The result when there is one; Lost when the child died or went over a limit; None while it works."""
        result: Any = None
        if self.pipe.poll():
            try:
                result = self.pipe.recv()
            except (EOFError, OSError):
                result = Lost("crash")
        elif time.monotonic() > self.until:
            result = Lost("time")
        elif self._megabytes() > self.megabytes:
            result = Lost("memory")
        if result is None:
            return None
        done = (self.place or 0, result)
        self.place = None
        if isinstance(result, Lost):
            self.stop()
            self._start()
        return done

    def _megabytes(self) -> float:
        import psutil

        try:
            return float(psutil.Process(self.process.pid).memory_info().rss) / 2**20
        except psutil.Error:
            return 0.0

    def stop(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()
        self.process.close()


def _serve(function: Callable[[Any], Any], pipe: Connection, megabytes: int) -> None:
    """The child: one item in, one result out, until the parent goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(megabytes)
    if not os.environ.get(DEBUG):
        # A reader that aborts writes to the user's screen; the finding says it better.
        faulthandler.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_result(function, item))


def _result(function: Callable[[Any], Any], item: object) -> object:
    try:
        return function(item)
    except MemoryError:
        return Lost("memory")
    except Exception:
        if os.environ.get(DEBUG):
            traceback.print_exc(file=sys.__stderr__)
        return Lost("crash")


def _limit_memory(megabytes: int) -> None:
    """A hard ceiling where the system has one; elsewhere the parent looks at the child's size."""
    if sys.platform == "win32":
        return
    import resource

    pages = 0
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    if pages:
        ceiling = pages * resource.getpagesize() + megabytes * 2**20
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))

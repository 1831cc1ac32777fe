"""Several processes that do the same, forked from one that only looks after them."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Collection
from types import FrameType
from typing import NoReturn

logger = logging.getLogger(__name__)

SECONDS_AFTER_A_FAILURE = 1.0
# A signal that comes in the middle of a start, while objects are finalized, is lost: it is sent again.
SECONDS_UNTIL_TOLD_AGAIN = 2
# A worker whose parent is gone ends what it has begun, within this.
SECONDS_TO_END = 30

Work = Callable[[], None]


class Workers:
    """Runs each work in a process of its own, until this one is told to end.

    A worker that dies is replaced. Where this process itself dies, however it does, the workers end too.
    """

    def __init__(self, works: list[Work]) -> None:
        self._works = works
        self._running: dict[int, int] = {}
        self._is_ending = False
        # Nobody writes to it: it is closed when this process is gone.
        self._alive, self._held = os.pipe()

    def run(self) -> None:
        """Returns once all have ended."""
        for told in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
            signal.signal(told, self._end)
        for number in range(len(self._works)):
            self._start(number)
        while self._running:
            process, status = os.wait()
            ended = self._running.pop(process, None)
            if ended is None or self._is_ending:
                continue
            code = os.waitstatus_to_exitcode(status)
            logger.error("worker %d ended by itself (%d) and is started again", ended, code)
            # One that was killed is missed at once; one that failed may fail again.
            time.sleep(SECONDS_AFTER_A_FAILURE if code > 0 else 0)
            if not self._is_ending:
                self._start(ended)
        # It would end this process, once there is no handler for it any more.
        signal.alarm(0)

    def _start(self, number: int) -> None:
        # What is pending for the parent must not meet a child that has not got its own handlers yet.
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
        process = os.fork()
        if process:
            self._running[process] = number
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        else:
            self._work(number, blocked)

    def _work(self, number: int, blocked: Collection[int]) -> NoReturn:
        """In the child."""
        code = 1
        try:
            # A group of its own: Ctrl+C in a terminal is for the parent, which ends all in order.
            os.setpgid(0, 0)
            os.close(self._held)
            for each in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
                signal.signal(each, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
            threading.Thread(target=self._outlive_nobody, name="parent", daemon=True).start()
            self._works[number]()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        except Exception:
            logger.exception("a worker failed")
        finally:
            os._exit(code)

    def _outlive_nobody(self) -> None:
        os.read(self._alive, 1)
        for _ in range(SECONDS_TO_END // SECONDS_UNTIL_TOLD_AGAIN):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(SECONDS_UNTIL_TOLD_AGAIN)
        os._exit(1)

    def _end(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of signal handlers
        self._is_ending = True
        for process in self._running:
            os.kill(process, signal.SIGTERM)
        if self._running:
            signal.alarm(SECONDS_UNTIL_TOLD_AGAIN)

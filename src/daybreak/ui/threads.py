"""Threads for people at the doors, apart from those of the API: nobody who signs in keeps a program waiting.
Where all of a kind are taken, further requests wait without one.
"""

from collections.abc import Callable
from functools import partial
from typing import Final, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread

from daybreak.areas.people.intake import HASHED_AT_ONCE

# Of those that ask the database; and of those that ask a provider, which may take its time.
ASKING, ELSEWHERE = 4, 4

P = ParamSpec("P")
T = TypeVar("T")


class Threads:
    """Of three kinds: none waits for what another one does."""

    def __init__(self) -> None:
        self._asking: Final = CapacityLimiter(ASKING)
        self._hashing: Final = CapacityLimiter(HASHED_AT_ONCE)
        self._elsewhere: Final = CapacityLimiter(ELSEWHERE)

    async def ask(self, run: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Runs what asks the database."""
        return await to_thread.run_sync(partial(run, *arguments, **named), limiter=self._asking)

    async def prove(self, run: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Runs what hashes a password, which takes its time on purpose."""
        return await to_thread.run_sync(partial(run, *arguments, **named), limiter=self._hashing)

    async def ask_elsewhere(self, run: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Runs what asks another server."""
        return await to_thread.run_sync(partial(run, *arguments, **named), limiter=self._elsewhere)

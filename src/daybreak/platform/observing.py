"""What the platform tells whoever watches it: how long transactions wait and last, and how jobs end."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

Told = Callable[[], None]

# Of something that was sent: whether it has arrived.
TellOutcome = Callable[[bool], None]


def ignore_outcome(has_arrived: bool) -> None:  # noqa: FBT001 - a TellOutcome
    """Nobody wants to know."""


class Observer(Protocol):
    """Somebody who watches. Both blocks are entered by the thread that does the work."""

    def transaction(self, kind: str) -> AbstractContextManager[Told]:
        """Around a transaction, waiting included; `kind` is `reading` or `writing`. What is yielded is called
        once it has begun.
        """
        ...

    def job(self, name: str) -> AbstractContextManager[Told]:
        """Around one attempt at a job. What is yielded is called if it has run: it may be another's turn."""
        ...


def _ignore() -> None:
    pass


class Unobserved:
    """Nobody watches."""

    def transaction(self, kind: str) -> AbstractContextManager[Told]:  # noqa: ARG002 - an Observer's signature
        return nullcontext(_ignore)

    def job(self, name: str) -> AbstractContextManager[Told]:  # noqa: ARG002 - an Observer's signature
        return nullcontext(_ignore)

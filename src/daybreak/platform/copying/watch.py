"""What a copy tells of how far it is."""

from typing import Protocol


class Watch(Protocol):
    """Whoever shows how far a copy is, in rows or pages."""

    def expect(self, total: int) -> None:
        """So much is to be done in all."""
        ...

    def advance(self, doing: str, done: int) -> None:
        """So much more is done; `doing` says what is being done now."""
        ...

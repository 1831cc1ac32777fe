"""What can go wrong while an account is read. No message ever holds a token or a key."""


class SourceProblem(Exception):
    """The account could not be read on; the message says what to do."""


class NotShown(SourceProblem):
    """The account answers, but does not show this: to this token, in this plan, or at all."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class TokenUnknown(SourceProblem):
    """The account does not know the token."""

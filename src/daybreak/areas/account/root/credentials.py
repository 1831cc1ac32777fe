"""Who knows the credentials of callers. The areas that do are above this one, so `app.py` supplies them."""

from typing import Protocol

from daybreak.platform.database import Transaction


class CallersProject(Protocol):
    """The project of an SDK key or mobile key."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class CallersEnvironment(Protocol):
    """The environment of an SDK key or mobile key."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def project(self) -> CallersProject: ...


class EnvironmentCredential(Protocol):
    """An SDK key or mobile key that works; `kind` is `sdk` or `mobile`."""

    @property
    def kind(self) -> str: ...
    @property
    def environment(self) -> CallersEnvironment: ...


class CredentialReader(Protocol):
    """Finds the environment behind an SDK key or mobile key."""

    def __call__(self, db: Transaction, secret: str, now: int) -> EnvironmentCredential | None:
        """None where no live key is that secret."""
        ...

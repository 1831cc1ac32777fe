"""What can go wrong in the caller's eyes: one exception per answer, each with its status and code.

Raised where the fact is known, rendered once in `rest/errors.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class DomainError(Exception):
    """Something the caller can act on. `status` is the HTTP status, `code` the API's error code."""

    status = 400
    code = "invalid_request"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidRequest(DomainError):
    """The request makes no sense as it stands."""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One attribute of a body and what is wrong with it."""

    attribute: str
    reason: str


class ValidationFailed(DomainError):
    """A body that reads well but says something impossible; `faults` names each attribute."""

    def __init__(self, *faults: FieldFault) -> None:
        super().__init__("validation failed: " + "; ".join(f"{f.attribute}: {f.reason}" for f in faults))
        self.faults = faults


class EmailsRefused(DomainError):
    """Somebody cannot be invited; `emails` are those, `code` says why."""

    def __init__(self, code: str, message: str, emails: Sequence[str]) -> None:
        super().__init__(message)
        self.code = code
        self.emails = tuple(emails)


class Unauthorized(DomainError):
    """No credential, or one that is not known."""

    status = 401
    code = "unauthorized"


class Forbidden(DomainError):
    """A known caller without the right: to do `action` at `address`, where policies speak of these."""

    status = 403
    code = "forbidden"

    def __init__(self, message: str, *, action: str = "", address: str = "") -> None:
        super().__init__(message)
        self.action = action
        self.address = address


class NotFound(DomainError):
    """Nothing has that name here."""

    status = 404
    code = "not_found"


class MethodNotAllowed(DomainError):
    """The path exists, the verb does not. `possible` are the verbs that do."""

    status = 405
    code = "method_not_allowed"

    def __init__(self, message: str, possible: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.possible = tuple(possible)


class Conflict(DomainError):
    """The change collides with something that exists."""

    status = 409
    code = "conflict"


class OptimisticLockingError(DomainError):
    """Somebody else was faster."""

    status = 409
    code = "optimistic_locking_error"


class UpdateSequenceConflict(DomainError):
    """Something newer has been told already."""

    status = 409
    code = "updateSequenceId_conflict"


class BodyTooLarge(DomainError):
    """More bytes than this server reads."""

    status = 413
    code = "request_entity_too_large"


class PatchRefused(DomainError):
    """A well-formed patch that cannot be applied to this document."""

    status = 422
    code = "patch_failed"


class RateLimited(DomainError):
    """Too many requests in this window."""

    status = 429
    code = "rate_limited"


class Unavailable(DomainError):
    """The server cannot answer now, and may in a moment."""

    status = 503
    code = "service_unavailable"

"""Errors on the wire: `{"code", "message", "id"}`, and `errors` where single attributes are at fault."""

import msgspec

from daybreak.platform.errors import DomainError, EmailsRefused, ValidationFailed
from daybreak.rest.call import Shape


class FaultShape(Shape):
    """One attribute that is wrong."""

    attribute: str
    reason: str


class ErrorShape(Shape):
    """The body of every answer from 400 up. `id` is the request's and stands in the log."""

    code: str
    message: str
    id: str
    errors: list[FaultShape] | msgspec.UnsetType = msgspec.UNSET
    invalid_emails: list[str] | msgspec.UnsetType = msgspec.field(
        name="invalid_emails", default=msgspec.UNSET
    )


def represent_error(error: DomainError, request_id: str) -> ErrorShape:
    faults: list[FaultShape] | msgspec.UnsetType = msgspec.UNSET
    if isinstance(error, ValidationFailed):
        faults = [FaultShape(attribute=fault.attribute, reason=fault.reason) for fault in error.faults]
    emails = list(error.emails) if isinstance(error, EmailsRefused) else msgspec.UNSET
    return ErrorShape(
        code=error.code, message=error.message, id=request_id, errors=faults, invalid_emails=emails
    )

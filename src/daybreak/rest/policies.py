"""Policies as bodies carry them and as they are stored: a list of statements."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from daybreak.logic.policy.statement import StatementInvalid, parse_statements, represent_statement
from daybreak.platform.columns import Json
from daybreak.platform.errors import FieldFault, ValidationFailed
from daybreak.rest.call import Body

Names = Annotated[
    list[Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]], msgspec.Meta(max_length=500)
]


class StatementBody(Body):
    """A sentence of a policy: one of resources and notResources, and one of actions and notActions."""

    effect: Literal["allow", "deny"]
    resources: Names | None = None
    not_resources: Names | None = None
    actions: Names | None = None
    not_actions: Names | None = None


Statements = Annotated[list[StatementBody], msgspec.Meta(max_length=500)]
StoredPolicy = list[dict[str, Json]]


def parse_policy(field: str, statements: Sequence[StatementBody]) -> StoredPolicy:
    """The statements as they are stored and shown. Raises ValidationFailed, naming the field."""
    try:
        parsed = parse_statements(msgspec.to_builtins(list(statements)))
    except StatementInvalid as error:
        raise ValidationFailed(FieldFault(field, str(error))) from None
    return [represent_statement(statement) for statement in parsed]

"""A custom role: statements under a name, and what holds for whatever they do not speak of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from daybreak.logic.policy.attributes import fill_in, fill_in_with_anything
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.roles import READER, written_policy
from daybreak.logic.policy.statement import Statement, parse_statements
from daybreak.platform.columns import Json

READER_BASE: Final = "reader"
NO_ACCESS_BASE: Final = "no_access"


@dataclass(frozen=True, slots=True)
class CustomRole:
    """A role as stored. `base_permissions` is `reader` where everything may be seen that no statement denies,
    else `no_access`.
    """

    id: str
    key: str
    name: str
    description: str
    policy: list[dict[str, Json]]
    base_permissions: str
    resource_category: str
    created_at: int
    version: int


def policy_at_most(role: CustomRole) -> Policy:
    """What the role lets somebody do at most, whatever their role attributes are."""
    return _policy(role, fill_in_with_anything(role.policy))


def policy_of(role: CustomRole, attributes: Mapping[str, Sequence[str]]) -> Policy:
    """What the role lets somebody do whose role attributes these are."""
    values = tuple(sorted((name, tuple(values)) for name, values in attributes.items()))
    return _compile(_Role(role), role.version, values)


class _Role:
    """Known by its id, as a key of what is compiled: parsing hundreds of statements takes milliseconds."""

    __slots__ = ("role",)

    def __init__(self, role: CustomRole) -> None:
        self.role = role

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Role) and self.role == other.role

    def __hash__(self) -> int:
        return hash(self.role.id)


@lru_cache(maxsize=1_000)
def _compile(known: _Role, version: int, attributes: tuple[tuple[str, tuple[str, ...]], ...]) -> Policy:  # noqa: ARG001 - the version tells states of a role apart
    return _policy(known.role, fill_in(known.role.policy, dict(attributes)))


def _policy(role: CustomRole, filled_in: list[dict[str, Json]]) -> Policy:
    base: tuple[Statement, ...] = READER.statements if role.base_permissions == READER_BASE else ()
    return written_policy(role.key, (*parse_statements(filled_in), *base))

"""Custom roles that came from another account: nobody may more by them than there."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Final

from daybreak.areas.people.custom_roles.model import NO_ACCESS_BASE, READER_BASE, CustomRole
from daybreak.areas.people.custom_roles.resource import CUSTOM_ROLE, parse_role_policy
from daybreak.areas.people.custom_roles.store import custom_roles_by_id, roles_named
from daybreak.areas.people.imports.requests import CameRole
from daybreak.platform.columns import Json
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call
from daybreak.rest.carrying import Carrier, Source, carry_over, read_all
from daybreak.rest.editing import Edit
from daybreak.rest.findings import Findings
from daybreak.rest.operations import change, create

KIND = CUSTOM_ROLE.kind

_CHANGES: Final = ("updateName", "updateDescription", "updatePolicy", "updateBasePermissions")


def carry_roles(call: Call, source: Source, documents: Sequence[Json], findings: Findings) -> None:
    carrier = _roles(call)
    read = read_all(carrier, documents, findings)
    for came, _ in carry_over(call, source, carrier, read, findings):
        if came.base_permissions not in {READER_BASE, NO_ACCESS_BASE}:
            reason = "it does not say what holds without a statement: nothing is permitted then"
            findings.note(KIND, came.key, reason)


def _roles(call: Call) -> Carrier[CameRole, CustomRole]:
    def find(read: Sequence[CameRole]) -> dict[str, CustomRole]:
        here = roles_with_keys(call, [came.key for came in read])
        return {came.id: here[came.key] for came in read if came.key in here}

    return Carrier(
        kind=KIND,
        body=CameRole,
        id_there=lambda came: came.id,
        key=lambda came: came.key,
        find=find,
        make=lambda came, known: _make(call, came, known),
        carried=lambda role: {
            name: value for name, value in asdict(role).items() if name not in {"id", "created_at", "version"}
        },
        id_of=lambda role: role.id,
        create=lambda call, role: create(call, CUSTOM_ROLE, role, "createRole"),
        change=lambda call, before, after: change(call, CUSTOM_ROLE, before, Edit(after, _CHANGES, "")),
    )


def roles_with_keys(call: Call, keys: Sequence[str]) -> dict[str, CustomRole]:
    """Those that are here. A role whose id is such a key is another one."""
    named = roles_named(call.db, keys)
    return {key: named[key] for key in keys if key in named and named[key].key == key}


def _make(call: Call, came: CameRole, known: CustomRole | None) -> CustomRole:
    """Raises ValidationFailed for a statement that means nothing here."""
    own = parse_role_policy(came.policy)
    preset = parse_role_policy(came.preset_statements)
    taken = custom_roles_by_id(call.db, [came.id])
    start = known or CustomRole(
        id=object_id() if taken else came.id,
        key=came.key,
        name="",
        description="",
        policy=[],
        base_permissions="",
        resource_category="",
        created_at=call.now,
        version=1,
    )
    return replace(
        start,
        name=came.name,
        description=came.description,
        policy=[*own, *(statement for statement in preset if statement not in own)],
        base_permissions=READER_BASE if came.base_permissions == READER_BASE else NO_ACCESS_BASE,
        resource_category=came.resource_category,
    )

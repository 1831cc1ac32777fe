"""Members that came from another account: invited, without a password, and with no more rights than there.

Emails tell who somebody is. Whoever is a member here already stays as they are, the owner above all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Final

from daybreak.areas.people.imports.belonging import Belongings, change_teams, read_belongings
from daybreak.areas.people.imports.requests import CameMember
from daybreak.areas.people.imports.teams import role_ids_here
from daybreak.areas.people.members.model import ADMIN, NO_ACCESS, OWNER, Member, parse_email
from daybreak.areas.people.members.requests import require_plain
from daybreak.areas.people.members.resource import MEMBER
from daybreak.areas.people.members.store import find_by_email, list_members
from daybreak.logic.policy.roles import BUILT_IN_ROLES
from daybreak.platform.columns import Json
from daybreak.platform.errors import FieldFault, ValidationFailed
from daybreak.platform.identifiers import object_id
from daybreak.platform.origins import Origin, list_origins, save_origins
from daybreak.rest.call import Call
from daybreak.rest.carrying import Carrier, Source, carry_over, read_all
from daybreak.rest.editing import Edit
from daybreak.rest.findings import Findings, Outcome
from daybreak.rest.operations import change, create

KIND = MEMBER.kind

# What does not come from there: how they sign in here.
_OWN: Final = frozenset({"id", "created_at", "version", "is_invited", "is_verified"})
_CHANGES: Final = ("updateRole", "updateCustomRole", "updateMemberName")


@dataclass(frozen=True, slots=True)
class _Person:
    """A member, and what they have in teams that came from there."""

    member: Member
    belongings: Belongings


@dataclass(frozen=True, slots=True)
class _Page:
    """Members that are carried over together; their teams are changed at its end, each once."""

    call: Call
    source: Source
    findings: Findings
    changed: dict[str, Belongings] = field(default_factory=dict)

    def carrier(self, roles: Mapping[str, str], here: Mapping[str, _Person]) -> Carrier[CameMember, _Person]:
        """`roles` are those that came, and `here` who is, by their ids there."""
        return Carrier(
            kind=KIND,
            body=CameMember,
            id_there=lambda came: came.id,
            key=lambda came: came.email or came.id,
            find=lambda _: here,
            make=lambda came, known: _make(self.call, self.source, came, roles, known, self.findings),
            carried=lambda person: {
                "member": {name: value for name, value in asdict(person.member).items() if name not in _OWN},
                "belongings": asdict(person.belongings),
            },
            id_of=lambda person: person.member.id,
            create=self._create,
            change=self._change,
        )

    def _create(self, call: Call, person: _Person) -> _Person:
        member = create(call, MEMBER, person.member, "createMember")
        self.changed[member.id] = person.belongings
        return _Person(member, person.belongings)

    def _change(self, call: Call, before: _Person, after: _Person) -> _Person:
        member = change(call, MEMBER, before.member, Edit(after.member, _CHANGES, ""))
        if after.belongings != before.belongings:
            self.changed[member.id] = after.belongings
        return _Person(member, after.belongings)


def carry_members(call: Call, source: Source, documents: Sequence[Json], findings: Findings) -> None:
    page = _Page(call, source, findings)
    read = read_all(page.carrier({}, {}), documents, findings)
    here = _find_carried(call, source, read)
    coming, left = [], {}
    for came in read:
        same = find_by_email(call.db, parse_email(came.email) or "") if came.email else None
        known = here.get(came.id)
        if same is None or (known is not None and known.member.id == same.id):
            coming.append(came)
        else:
            left[came.id] = _leave(same, came, findings)
    save_origins(call.db, source.name, KIND, left)
    roles = role_ids_here(call, source, [id for came in coming for id in came.role_names])
    carry_over(call, source, page.carrier(roles, here), coming, findings)
    change_teams(call, source, page.changed)


def _find_carried(call: Call, source: Source, read: Sequence[CameMember]) -> dict[str, _Person]:
    """Those who came before, by their ids there, as they are now."""
    origins = list_origins(call.db, source.name, KIND, {came.id for came in read})
    came_before = {id: origin.resource_id for id, origin in origins.items() if origin.digest}
    members = {member.id: member for member in list_members(call.db, list(came_before.values()))}
    belongings = read_belongings(call, source, list(members))
    return {
        id: _Person(members[here], belongings.get(here, Belongings()))
        for id, here in came_before.items()
        if here in members
    }


def _leave(member: Member, came: CameMember, findings: Findings) -> Origin:
    """Somebody who is here is who they are there: what they maintain there they maintain here."""
    findings.count(KIND, Outcome.KEPT)
    findings.note(KIND, came.email, "was a member here already: their role and teams stay as they are")
    return Origin(member.id, "")


def _make(
    call: Call,
    source: Source,
    came: CameMember,
    roles: Mapping[str, str],
    known: _Person | None,
    findings: Findings,
) -> _Person:
    """Raises ValidationFailed where nobody could sign in with the email."""
    email = parse_email(came.email)
    if email is None:
        raise ValidationFailed(FieldFault("email", f"{came.email!r} is no email address"))
    role, custom_role_ids = _role_of(came, email, roles, findings)
    start = known.member if known else _start(call, came, email, findings)
    member = replace(
        start,
        email=email,
        first_name=came.first_name,
        last_name=came.last_name,
        role=start.role if start.role == OWNER else role,
        role_attributes=require_plain(came.role_attributes),
        custom_role_ids=() if start.role == OWNER else custom_role_ids,
    )
    return _Person(member, Belongings.of(call, source, came))


def _start(call: Call, came: CameMember, email: str, findings: Findings) -> Member:
    is_taken = bool(list_members(call.db, [came.id]))
    id = object_id() if is_taken else came.id
    if is_taken:
        reason = f"has the id {id} here: policies that speak of member/{came.id} mean somebody else"
        findings.note(KIND, email, reason)
    return Member(
        id=id,
        email=email,
        first_name="",
        last_name="",
        role=NO_ACCESS,
        role_attributes={},
        is_invited=True,
        is_verified=False,
        created_at=came.creation_date or call.now,
        version=max(1, came.version),
    )


def _role_of(
    came: CameMember, email: str, roles: Mapping[str, str], findings: Findings
) -> tuple[str, tuple[str, ...]]:
    """An account has one owner, and has them already. Custom roles count in place of the role: where none of
    them came, the role would permit what the member may not do there.
    """
    role = ADMIN if came.role == OWNER else came.role
    if came.role == OWNER:
        findings.note(KIND, email, "owns the account there, and is an admin here: the owner here stays")
    if role not in BUILT_IN_ROLES:
        findings.note(KIND, email, f"has the role {came.role!r} there, which is unknown here: no access")
        role = NO_ACCESS
    found = tuple(dict.fromkeys(roles[id] for id in came.role_names if id in roles))
    missing = sum(id not in roles for id in came.role_names)
    if missing:
        left = (
            "the others are all they have"
            if found
            else "they have no access until somebody gives them a role"
        )
        findings.note(KIND, email, f"{missing} of their custom roles did not come: {left}")
    if missing and not found:
        return NO_ACCESS, ()
    return role, found

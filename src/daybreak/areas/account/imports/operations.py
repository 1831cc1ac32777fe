"""What happened in another account becomes part of the history here, in the words and under the ids it has
there.
"""

from collections.abc import Mapping, Sequence

import msgspec

from daybreak.areas.account.audit_log.model import MEMBER_KIND
from daybreak.areas.account.imports.requests import CameEntry, CameSource
from daybreak.platform.audit import CarriedEntry, carry_over
from daybreak.platform.columns import Json
from daybreak.platform.errors import DomainError
from daybreak.platform.origins import list_origins
from daybreak.rest.call import Call
from daybreak.rest.carrying import Source
from daybreak.rest.findings import Findings, Outcome
from daybreak.rest.parsing import convert, require_storable

KIND = "audit-log-entry"

# Of an author who is neither a member nor a token, as an integration.
_SOMEBODY = "elsewhere"


def carry_entries(call: Call, source: Source, documents: Sequence[Json], findings: Findings) -> None:
    """What was carried over before stays as it is: history does not change."""
    read = []
    for document in documents:
        try:
            require_storable(document)
            read.append(convert(document, CameEntry))
        except DomainError as error:
            findings.count(KIND, Outcome.REFUSED)
            findings.note(KIND, str(document.get("_id")), error.message)
    authors = {came.member.id for came in read if came.member is not msgspec.UNSET}
    known = list_origins(call.db, source.name, "member", authors)
    here = {id: origin.resource_id for id, origin in known.items()}
    new = carry_over(call.db, [_entry(source, came, here) for came in read])
    findings.count(KIND, Outcome.NEW, new)
    findings.count(KIND, Outcome.UNCHANGED, len(read) - new)


def _entry(source: Source, came: CameEntry, members: Mapping[str, str]) -> CarriedEntry:
    """`members` are the ids here of those who came, by their ids there."""
    if came.origin_ is msgspec.UNSET:
        came.origin_ = CameSource(source.name)
    member_id = None
    kind, id, name, ending = _SOMEBODY, "", came.subject.name, ""
    if came.member is not msgspec.UNSET:
        came.member.id = member_id = members.get(came.member.id, came.member.id)
        kind, id = MEMBER_KIND, member_id
    if came.token is not msgspec.UNSET:
        kind = "service-token" if came.token.service_token else "token"
        id, name, ending = came.token.id, came.token.name, came.token.ending
    resources = came.target.resources or [access.resource for access in came.accesses]
    return CarriedEntry(
        id=came.id,
        at=came.date,
        kind=came.kind,
        address=resources[0] if resources else came.kind,
        name=came.name or came.target.name,
        title_verb=came.title_verb,
        actions=tuple(dict.fromkeys(access.action for access in came.accesses)),
        comment=came.comment,
        actor_kind=kind,
        actor_id=id,
        actor_name=name,
        actor_ending=ending,
        member_id=member_id,
        told=msgspec.to_builtins(came),
    )

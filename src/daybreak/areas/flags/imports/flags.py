"""Flags that came from another account, so that every context gets from them here what it gets there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from daybreak.areas.flags.feature_flags.changing import change_flag
from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.feature_flags.soundness import require_sound
from daybreak.areas.flags.feature_flags.store import flags_by_key
from daybreak.areas.flags.imports.making import Maintainers, make_flag
from daybreak.areas.flags.imports.naming import name_parts
from daybreak.areas.flags.imports.places import find_carried_project, list_carried_environments
from daybreak.areas.flags.imports.requests import CameFlag
from daybreak.areas.flags.shapes import PrerequisiteShape
from daybreak.areas.people.queries import member_summaries, team_names
from daybreak.areas.projects.queries import EnvironmentFact, ProjectFact
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction
from daybreak.platform.errors import DomainError
from daybreak.platform.origins import list_origins
from daybreak.rest.call import Body, Call
from daybreak.rest.carrying import Carrier, Source, carry_over, read_all
from daybreak.rest.editing import Edit
from daybreak.rest.findings import Findings
from daybreak.rest.operations import create
from daybreak.rest.parsing import convert

KIND = FEATURE_FLAG.kind

# What a change may comprise that came from elsewhere: all that webhooks and policies tell apart.
_ACTIONS: Final = (
    "updateName",
    "updateTags",
    "updateFlagVariations",
    "updateOn",
    "updateTargets",
    "updateRules",
    "updateFallthrough",
)
_OWN: Final = frozenset({"id", "project_id", "changes", "version", "environments"})


def missing_prerequisites(
    db: Transaction, source: str, project_key: str, documents: Sequence[Json]
) -> set[str]:
    """The keys of flags that these need, and that neither are among them nor here."""
    parent = find_carried_project(db, source, project_key)
    if parent is None:
        return set()
    needed = {key for document in documents for key in _needed_by(document)}
    needed -= {str(document.get("key")) for document in documents}
    return needed - flags_by_key(db, parent.id, needed).keys() if needed else set()


class _Needing(Body):
    """Of a flag as it came, what says which others it needs."""

    prerequisites: list[PrerequisiteShape] = msgspec.field(default_factory=list)


class _NeedingFlag(Body):
    environments: dict[str, _Needing] = msgspec.field(default_factory=dict)


def _needed_by(document: Json) -> set[str]:
    """Nothing where it makes no sense: that is told where it is read whole."""
    try:
        flag = convert(document, _NeedingFlag)
    except DomainError:
        return set()
    return {each.key for place in flag.environments.values() for each in place.prerequisites}


def carry_flags(
    call: Call, source: Source, project_key: str, documents: Sequence[Json], findings: Findings
) -> None:
    """Each after those that it needs."""
    parent = find_carried_project(call.db, source.name, project_key)
    if parent is None:
        return
    page = _Page(call, source, parent, list_carried_environments(call.db, source.name, parent), findings)
    page.carry(in_order(documents))


def in_order(documents: Sequence[Json]) -> list[Json]:
    """Flags that others need come first. Those that need each other come as they are, to be refused."""
    waiting = {str(document.get("key")): document for document in documents}
    ordered: list[Json] = []

    def place(key: str) -> None:
        document = waiting.pop(key, None)
        if document is not None:
            for needed in sorted(_needed_by(document)):
                place(needed)
            ordered.append(document)

    for key in list(waiting):
        place(key)
    return ordered


@dataclass(frozen=True, slots=True)
class _Page:
    """Flags of one project that are carried over together."""

    call: Call
    source: Source
    parent: ProjectFact
    places: Sequence[EnvironmentFact]
    findings: Findings

    def carry(self, documents: Sequence[Json]) -> None:
        named = [
            name_parts(each, self.source.name, self.parent.id, str(each.get("key"))) for each in documents
        ]
        read = read_all(self._carrier(Maintainers()), named, self.findings)
        maintainers = self._find_maintainers(read)
        carrier = self._carrier(maintainers)
        for came, _ in carry_over(self.call, self.source, carrier, read, self.findings):
            self._note_what_is_missing(came, carrier.key(came), maintainers)

    def _carrier(self, maintainers: Maintainers) -> Carrier[CameFlag, FeatureFlag]:
        prefix = f"{self.parent.key}/"
        return Carrier(
            kind=KIND,
            body=CameFlag,
            id_there=lambda came: prefix + came.key,
            key=lambda came: prefix + came.key,
            find=self._find,
            make=lambda came, known: make_flag(self.call, self.parent, self.places, came, known, maintainers),
            carried=lambda flag: _carried(flag, [place.id for place in self.places]),
            id_of=lambda flag: flag.id,
            create=self._create,
            change=self._change,
            prefix=prefix,
        )

    def _find(self, read: Sequence[CameFlag]) -> dict[str, FeatureFlag]:
        known = flags_by_key(self.call.db, self.parent.id, {came.key for came in read})
        return {f"{self.parent.key}/{key}": flag for key, flag in known.items()}

    def _create(self, call: Call, flag: FeatureFlag) -> FeatureFlag:
        # Nobody needs it yet, and what it needs was found: there is no other peace to keep.
        require_sound(flag)
        return create(call, FEATURE_FLAG, flag, "createFlag")

    def _change(self, call: Call, before: FeatureFlag, after: FeatureFlag) -> FeatureFlag:
        # When it was changed there is told by what came.
        dated = {id: place.modified_at for id, place in after.environments.items()}
        return change_flag(call, self.parent, before, Edit(after, _ACTIONS, ""), self.places, dated=dated)

    def _find_maintainers(self, read: Sequence[CameFlag]) -> Maintainers:
        """Those who are here. They may have other ids than there."""
        ids = {came.maintainer_id for came in read if came.maintainer_id}
        teams = {came.maintainer_team_key for came in read if came.maintainer_team_key}
        origins = list_origins(self.call.db, self.source.name, "member", ids)
        members = member_summaries(self.call.db, {origin.resource_id for origin in origins.values()})
        known = {id: origin.resource_id for id, origin in origins.items() if origin.resource_id in members}
        return Maintainers(known, frozenset(team_names(self.call.db, teams)))

    def _note_what_is_missing(self, came: CameFlag, id: str, maintainers: Maintainers) -> None:
        note = self.findings.note
        if came.maintainer_id and came.maintainer_id not in maintainers.members:
            note(KIND, id, "its maintainer is no member here")
        if came.maintainer_team_key and came.maintainer_team_key not in maintainers.team_keys:
            note(KIND, id, f"its maintainer, the team {came.maintainer_team_key!r}, is not here")
        if came.experiments.items or came.goal_ids:
            note(KIND, id, "it is in experiments there: what it serves came, what they measure did not")
        for place in self.places:
            if place.key not in came.environments:
                note(KIND, id, f"its configuration in {place.key!r} was not shown: it is off there")


def _carried(flag: FeatureFlag, environment_ids: Sequence[str]) -> Mapping[str, Json]:
    """Without what is counted here, and without environments that did not come."""
    plain = {name: getattr(flag, name) for name in flag.__dataclass_fields__ if name not in _OWN}
    environments = {
        id: replace(flag.in_environment(id), changes=0) for id in environment_ids if id in flag.environments
    }
    carried: Mapping[str, Json] = msgspec.to_builtins(plain | {"environments": environments})
    return carried

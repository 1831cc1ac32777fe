"""Deployments that nobody told of: a version of an application that SDKs are seen to run in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daybreak.areas.insights.deployments.representation import deployment_path
from daybreak.areas.insights.deployments.resource import DEPLOYMENT, deployment_address
from daybreak.areas.insights.deployments.store import count_seen, hold_scope, list_deployed
from daybreak.areas.insights.facts.deployments import record_deployment_event
from daybreak.areas.insights.facts.keeping import list_kept_since
from daybreak.areas.insights.facts.placing import SEEN, DeploymentEvent
from daybreak.areas.insights.facts.scope import FINISHED
from daybreak.areas.people.intake import PROGRAM
from daybreak.areas.projects.queries import EnvironmentFact, environments_by_id, versions_since
from daybreak.platform import audit
from daybreak.platform.clock import DAY
from daybreak.platform.database import Transaction
from daybreak.rest.keys import KEY_PATTERN

_KEY = re.compile(KEY_PATTERN)

# Of an environment in a day. Browsers know its id, and whoever has one can invent versions.
MOST_A_DAY = 500


@dataclass(frozen=True, slots=True)
class RunningVersion:
    """A version of an application that evaluated flags. `kind` is server, browser or mobile; `at` is when it
    was seen first.
    """

    environment_id: str
    application_key: str
    application_name: str
    version: str
    kind: str
    at: int

    @property
    def place(self) -> tuple[str, str, str]:
        return self.environment_id, self.application_key, self.version


def take_running_versions(db: Transaction, seen: Sequence[RunningVersion], now: int) -> None:
    """A version that was never deployed to its environment has been by now, as one finished deployment.

    What a pipeline tells wins: nothing is added to it, and what it tells within a day replaces this.
    Three queries where nothing is new, and two more where deployments are gone.
    """
    parents = environments_by_id(db, {each.environment_id for each in seen})
    new = _list_new(db, parents, [each for each in seen if each.environment_id in parents])
    if not new:
        return
    counts = count_seen(db, [parent.home for parent in parents.values()], now - DAY)
    for each in new:
        count = counts.get(each.environment_id, 0)
        if count < MOST_A_DAY:
            _take(db, parents[each.environment_id], each, now)
            counts[each.environment_id] = count + 1


def _list_new(
    db: Transaction, parents: Mapping[str, EnvironmentFact], seen: Sequence[RunningVersion]
) -> list[RunningVersion]:
    """In one order, so that two processes never wait for each other; of one version the first sighting."""
    known = list_deployed(
        db,
        [parent.home for parent in parents.values()],
        {each.application_key for each in seen},
        {each.version for each in seen},
    )
    first = {each.place: each for each in sorted(seen, key=lambda each: each.at, reverse=True)}
    new = [
        first[place]
        for place in sorted(first)
        if place not in known and _KEY.search(first[place].application_key)
    ]
    return _without_final(db, new)


def _without_final(db: Transaction, new: Sequence[RunningVersion]) -> list[RunningVersion]:
    """Old versions run on, on phones for years: one that there was before deployments were kept may have been
    deployed then.
    """
    kept_since = list_kept_since(db, {each.environment_id for each in new}) if new else {}
    if not kept_since:
        return list(new)
    since = versions_since(db, {each.application_key for each in new}, {each.version for each in new})
    return [
        each
        for each in new
        if min(each.at, since.get((each.application_key, each.version), each.at))
        >= kept_since.get((each.environment_id, each.application_key), 0)
    ]


def _take(db: Transaction, parent: EnvironmentFact, seen: RunningVersion, now: int) -> None:
    # An application of several kinds of SDKs stays what its pipeline called it.
    known_kind = hold_scope(db, parent.id, seen.application_key)
    event = DeploymentEvent(
        application_key=seen.application_key,
        version=seen.version,
        type=FINISHED,
        at=seen.at,
        application_name=seen.application_name,
        application_kind=known_kind or seen.kind,
        external_id=SEEN,
    )
    id = record_deployment_event(db, parent, event, now)
    entry = audit.AuditEntry(
        kind=DEPLOYMENT.kind,
        resource_id=id,
        address=str(deployment_address(parent, seen.application_key)),
        name=f"{seen.application_key} {seen.version}",
        title_verb="saw for the first time the deployment",
        actions=("createDeploymentEvent",),
        path=deployment_path(id),
        parent_name=parent.name,
        comment="An SDK sent events of this version, which nobody had told to be deployed",
        after={"applicationKey": seen.application_key, "version": seen.version, "kind": seen.kind},
    )
    audit.record(db, PROGRAM, now, entry)

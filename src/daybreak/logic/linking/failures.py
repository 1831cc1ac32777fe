"""Which deployments failed, by what evidence and since when that is known, and what followed.

A deployment fails at most once, by the earliest evidence. Evidence that a later deployment gives is known
from that one's end.
"""

import enum
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from daybreak.logic.linking.deployments import Deployment, Settled, settled_in_order

REVERT_WINDOW = 72 * 60 * 60 * 1000
_BEGINNING_OF_SHA = re.compile(r"[0-9a-f]{7,39}")


class Reason(enum.StrEnum):
    """In the order of preference where two become known at the same time."""

    EVENT = "event"
    ROLLED_BACK = "rolledBack"
    DECLARED = "declared"
    REVERTED = "reverted"


_PREFERENCE = {reason: place for place, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True)
class Failure:
    """`undone_by` is the deployment that first rolled back, fixed or reverted it, whatever the reason was."""

    reason: Reason
    failed_at: int
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class Recovery:
    """`duration` runs from the failed deployment's end to the end of the next that succeeded."""

    recovered_by: str
    duration: int


@dataclass(frozen=True, slots=True)
class Verdicts:
    """By deployment id. `failures` has an entry for each settled deployment, None if it stands.

    `recoveries` has one for each failed deployment; `rework` are those made because another had failed:
    they undid, fixed or reverted it.
    """

    failures: Mapping[str, Failure | None]
    recoveries: Mapping[str, Recovery | None]
    rework: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Evidence:
    reason: Reason
    known_at: int
    against: str
    by: Settled | None


def judge(deployments: Iterable[Deployment], revert_window: int | None = REVERT_WINDOW) -> Verdicts:
    """What became of one application in one environment; without a window reverts are no evidence."""
    settled = settled_in_order(deployments)
    against: dict[str, list[_Evidence]] = {each.deployment.id: [] for each in settled}
    for evidence in _evidence(settled, revert_window):
        against[evidence.against].append(evidence)
    failures = {key: _failure(evidence) for key, evidence in against.items()}
    return Verdicts(
        failures=failures,
        recoveries=recoveries(settled, failures),
        rework=frozenset(
            each.by.deployment.id for evidence in against.values() for each in evidence if each.by
        ),
    )


def recoveries(
    settled: Sequence[Settled], failures: Mapping[str, Failure | None]
) -> dict[str, Recovery | None]:
    """For each failed deployment the next that finished and did not fail in turn, None until there is one."""
    found: dict[str, Recovery | None] = {}
    success: Settled | None = None
    for each in reversed(settled):
        if failures[each.deployment.id] is None:
            success = each
        elif success is None:
            found[each.deployment.id] = None
        else:
            duration = success.ended_at - each.ended_at
            found[each.deployment.id] = Recovery(success.deployment.id, duration)
    return found


def _failure(evidence: Collection[_Evidence]) -> Failure | None:
    if not evidence:
        return None
    earliest = min(evidence, key=lambda each: (each.known_at, _PREFERENCE[each.reason]))
    # A fix that failed declares what was broken but undoes nothing.
    undoing = [each.by for each in evidence if each.by and each.by.is_finished]
    undone_by = min(undoing, key=lambda each: each.position).deployment.id if undoing else None
    return Failure(earliest.reason, earliest.known_at, undone_by)


def _evidence(settled: Sequence[Settled], revert_window: int | None) -> Iterator[_Evidence]:
    yield from _failed_events(settled)
    yield from _rollbacks(settled)
    yield from _declared_fixes(settled)
    if revert_window is not None:
        yield from _reverts(settled, revert_window)


def _failed_events(settled: Sequence[Settled]) -> Iterator[_Evidence]:
    for each in settled:
        if not each.is_finished:
            yield _Evidence(Reason.EVENT, each.ended_at, each.deployment.id, None)


def _rollbacks(settled: Sequence[Settled]) -> Iterator[_Evidence]:
    """The next deployment to succeed brought back what had been deployed before the version it replaced."""
    first: dict[str, int] = {}
    for each in settled:
        if each.is_finished:
            for name in (each.deployment.version, each.deployment.sha):
                if name:
                    first.setdefault(name, each.position)
    following: Settled | None = None
    for each in reversed(settled):
        if following and _age(following, first) < _age(each, first):
            yield _Evidence(Reason.ROLLED_BACK, following.ended_at, each.deployment.id, following)
        if each.is_finished:
            following = each


def _age(each: Settled, first: Mapping[str, int]) -> int:
    """When its content first succeeded, or its own place if it was tried before that.

    Versions are compared by their first deployments, so that rolling forward again blames nobody. Commits
    are told apart before names, because one commit may carry two tags and a name may move.
    """
    return min(first.get(each.deployment.sha or each.deployment.version, each.position), each.position)


def _declared_fixes(settled: Sequence[Settled]) -> Iterator[_Evidence]:
    latest: dict[str, str] = {}
    for each in settled:
        fixed = each.deployment.deployment_metadata.get("fixes")
        if isinstance(fixed, str) and fixed in latest:
            yield _Evidence(Reason.DECLARED, each.ended_at, latest[fixed], each)
        latest[each.deployment.version] = each.deployment.id


def _reverts(settled: Sequence[Settled], window: int) -> Iterator[_Evidence]:
    brought_by: dict[str, Settled] = {}
    for each in settled:
        if not each.is_finished:
            continue
        # Its own changes come after: what is taken back before it was deployed has troubled nobody.
        for blamed in {brought.deployment.id: brought for brought in _taken_back(each, brought_by)}.values():
            if each.ended_at - blamed.ended_at <= window:
                yield _Evidence(Reason.REVERTED, each.ended_at, blamed.deployment.id, each)
        brought_by.update(dict.fromkeys(each.deployment.delivers, each))


def _taken_back(each: Settled, brought_by: Mapping[str, Settled]) -> Iterator[Settled]:
    for name in each.deployment.reverts:
        if name in brought_by:
            yield brought_by[name]
        elif _BEGINNING_OF_SHA.fullmatch(name):
            yield from (brought for sha, brought in brought_by.items() if sha.startswith(name))

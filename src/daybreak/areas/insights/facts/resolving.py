"""Which commit a deployment's version is, looked up in the repositories of its project."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.deployment_facts import DeploymentFact
from daybreak.areas.insights.facts.tables import changes, commits, repository_tags
from daybreak.logic.linking.versions import (
    DeployedVersion,
    Resolved,
    Tag,
    Unresolved,
    resolve_versions,
)
from daybreak.platform.database import Transaction

NO_REPOSITORY = "no repository is associated with the project"

# Conditions joined by OR in one statement.
MOST_PREFIXES = 200


def resolve_deployments(
    db: Transaction, repository_ids: Sequence[str], deployments: Sequence[DeploymentFact]
) -> list[DeploymentFact]:
    """The deployments with their commits, as far as they can be known; what was resolved before stays."""
    waiting = [
        each for each in deployments if each.repository_id not in repository_ids or each.unresolved_reason
    ]
    if not waiting:
        return list(deployments)
    resolved = {each.id: each for each in _resolve(db, repository_ids, waiting)}
    return [resolved.get(each.id, each) for each in deployments]


def _resolve(
    db: Transaction, repository_ids: Sequence[str], waiting: Sequence[DeploymentFact]
) -> list[DeploymentFact]:
    if not repository_ids:
        return [
            replace(each, repository_id=None, commit_sha=None, unresolved_reason=NO_REPOSITORY)
            for each in waiting
        ]
    versions = [
        DeployedVersion(each.application_version, each.version_name, each.metadata) for each in waiting
    ]
    answers = _Answers(db, repository_ids)
    outcomes = [resolve_versions(versions, _Lookup(answers, id)) for id in repository_ids]
    found = [
        _choose(each, dict(zip(repository_ids, answers_of_one, strict=True)))
        for each, answers_of_one in zip(waiting, zip(*outcomes, strict=True), strict=True)
    ]
    return _find_by_pull_request(db, repository_ids, found)


def _choose(deployment: DeploymentFact, outcomes: Mapping[str, Resolved | Unresolved]) -> DeploymentFact:
    """The first repository that knows the version; else what is known of why none does."""
    for repository_id, outcome in outcomes.items():
        if isinstance(outcome, Resolved):
            return replace(
                deployment, repository_id=repository_id, commit_sha=outcome.sha, unresolved_reason=None
            )
    missed = [outcome for outcome in outcomes.values() if isinstance(outcome, Unresolved)]
    sha = next((each.sha for each in missed if each.sha), None)
    return replace(deployment, repository_id=None, commit_sha=sha, unresolved_reason=missed[0].reason)


def _find_by_pull_request(
    db: Transaction, repository_ids: Sequence[str], deployments: Sequence[DeploymentFact]
) -> list[DeploymentFact]:
    """A commit nobody has seen may still be what a pull request was merged as, or ended in."""
    shas = {each.commit_sha for each in deployments if each.repository_id is None and each.commit_sha}
    home: dict[str, str] = {}
    for column in (changes.c.head_sha, changes.c.merge_sha) if shas else ():
        for part in chunks(shas):
            rows = db.rows(
                select(changes.c.repository_id, column.label("sha")).where(
                    changes.c.repository_id.in_(repository_ids), column.in_(part)
                )
            )
            home |= {row.sha: row.repository_id for row in rows}
    return [
        replace(each, repository_id=home[each.commit_sha])
        if each.repository_id is None and each.commit_sha in home
        else each
        for each in deployments
    ]


@dataclass
class _Answers:
    """What all repositories know, asked once for all of them. The same is asked of each in turn."""

    db: Transaction
    repository_ids: Sequence[str]
    _shas: dict[frozenset[str], dict[str, set[str]]] = field(default_factory=dict)
    _prefixes: dict[frozenset[str], dict[str, dict[str, set[str]]]] = field(default_factory=dict)
    _tags: dict[frozenset[str], dict[str, list[Tag]]] = field(default_factory=dict)

    def shas(self, asked: frozenset[str]) -> dict[str, set[str]]:
        if asked not in self._shas:
            found: dict[str, set[str]] = defaultdict(set)
            for part in chunks(asked):
                for row in self._commits(commits.c.sha.in_(part)):
                    found[row.repository_id].add(row.sha)
            self._shas[asked] = found
        return self._shas[asked]

    def prefixes(self, asked: frozenset[str]) -> dict[str, dict[str, set[str]]]:
        if asked not in self._prefixes:
            found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
            for part in chunks(asked, MOST_PREFIXES):
                # A range and not LIKE, which no index serves where letter case is ignored.
                ranges = [(commits.c.sha > prefix) & (commits.c.sha < f"{prefix}g") for prefix in part]
                for row in self._commits(or_(*ranges)):
                    for prefix in part:
                        if row.sha.startswith(prefix):
                            found[row.repository_id][prefix].add(row.sha)
            self._prefixes[asked] = found
        return self._prefixes[asked]

    def tags(self, asked: frozenset[str]) -> dict[str, list[Tag]]:
        if asked not in self._tags:
            found: dict[str, list[Tag]] = defaultdict(list)
            for part in chunks(asked):
                statement = select(repository_tags).where(
                    repository_tags.c.repository_id.in_(self.repository_ids),
                    repository_tags.c.version.in_(part),
                )
                for row in self.db.rows(statement):
                    found[row.repository_id].append(Tag(row.name, row.sha))
            self._tags[asked] = found
        return self._tags[asked]

    def _commits(self, where: ColumnElement[bool]) -> Sequence[Any]:
        statement = select(commits.c.repository_id, commits.c.sha)
        return self.db.rows(statement.where(commits.c.repository_id.in_(self.repository_ids), where))


@dataclass(frozen=True, slots=True)
class _Lookup:
    """A `CommitLookup`: one repository's part of the answers."""

    answers: _Answers
    repository_id: str

    def known_shas(self, shas: Collection[str]) -> Collection[str]:
        return self.answers.shas(frozenset(shas)).get(self.repository_id, set())

    def shas_by_prefix(self, prefixes: Collection[str]) -> Mapping[str, Collection[str]]:
        return self.answers.prefixes(frozenset(prefixes)).get(self.repository_id, {})

    def tags_by_key(self, keys: Collection[str]) -> Collection[Tag]:
        return self.answers.tags(frozenset(keys)).get(self.repository_id, [])

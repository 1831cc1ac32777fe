"""From the version somebody deployed to the commit it was made of.

People deploy SHAs, short SHAs, tags and names; all versions are resolved together, with three look-ups.
"""

import enum
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

_FULL_SHA = re.compile(r"[0-9a-f]{40}")
_SHORT_SHA = re.compile(r"[0-9a-f]{7,39}")
_FORBIDDEN_IN_KEYS = re.compile(r"[^A-Za-z0-9._-]")


class Rule(enum.StrEnum):
    SHA = "sha"
    PREFIX = "prefix"
    TAG = "tag"
    VERSION_NAME = "versionName"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    sha: str


class CommitLookup(Protocol):
    """What is known of one repository, commits of pull requests included."""

    def known_shas(self, shas: Collection[str]) -> Collection[str]: ...

    def shas_by_prefix(self, prefixes: Collection[str]) -> Mapping[str, Collection[str]]:
        """For each prefix the SHAs that begin with it; two are enough to show that it is ambiguous."""
        ...

    def tags_by_key(self, keys: Collection[str]) -> Collection[Tag]:
        """The tags whose `version_key` is among `keys`."""
        ...


@dataclass(frozen=True, slots=True)
class DeployedVersion:
    version: str
    version_name: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolved:
    sha: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Unresolved:
    """`sha` is the full SHA that was named although its commit is not known (yet)."""

    reason: str
    sha: str | None = None


def version_key(tag_name: str) -> str:
    """A tag's name as a version: each character that keys may not hold becomes a hyphen."""
    return _FORBIDDEN_IN_KEYS.sub("-", tag_name)


@dataclass(frozen=True, slots=True)
class _Known:
    shas: Collection[str]
    by_prefix: Mapping[str, Collection[str]]
    tags: Mapping[str, Sequence[Tag]]


@dataclass(frozen=True, slots=True)
class _Ambiguous:
    reason: str


def resolve_versions(
    versions: Sequence[DeployedVersion], lookup: CommitLookup
) -> list[Resolved | Unresolved]:
    """The commit of each version: its SHA, a prefix of it, a tag; then its name, then its metadata."""
    texts = {text for version in versions for _, text in _names(version)}
    hashes = {text.lower() for text in texts}
    by_key: dict[str, list[Tag]] = {}
    for tag in lookup.tags_by_key({version_key(name) for text in texts for name in (text, f"v{text}")}):
        by_key.setdefault(version_key(tag.name), []).append(tag)
    known = _Known(
        shas=lookup.known_shas({text for text in hashes if _FULL_SHA.fullmatch(text)}),
        by_prefix=lookup.shas_by_prefix({text for text in hashes if _SHORT_SHA.fullmatch(text)}),
        tags=by_key,
    )
    return [_resolve(version, known) for version in versions]


def _names(version: DeployedVersion) -> Iterator[tuple[Rule | None, str]]:
    """What the version is called, in order of trust, and the rule to name if that is what tells."""
    yield None, version.version
    if version.version_name:
        yield Rule.VERSION_NAME, version.version_name
    for name in ("commit", "sha"):
        value = version.metadata.get(name)
        if isinstance(value, str):
            yield Rule.METADATA, value


def _resolve(version: DeployedVersion, known: _Known) -> Resolved | Unresolved:
    doubts: list[str] = []
    unknown_sha = None
    for rule, text in _names(version):
        attempts = [_by_sha(text, known)]
        if rule is not Rule.METADATA:
            attempts.append(_by_tag(text, known))
        for found in attempts:
            if isinstance(found, Resolved):
                return Resolved(found.sha, rule or found.rule)
            if found:
                doubts.append(found.reason)
        if unknown_sha is None and _FULL_SHA.fullmatch(text.lower()):
            unknown_sha = text.lower()
    if doubts:
        return Unresolved(doubts[0], unknown_sha)
    if unknown_sha:
        return Unresolved("no commit with this SHA is known", unknown_sha)
    return Unresolved("neither a known SHA, nor the beginning of one, nor a tag")


def _by_sha(text: str, known: _Known) -> Resolved | _Ambiguous | None:
    text = text.lower()
    if text in known.shas:
        return Resolved(text, Rule.SHA)
    candidates = known.by_prefix.get(text, ())
    if len(candidates) > 1:
        return _Ambiguous(f"several commits begin with {text!r}")
    return next((Resolved(sha, Rule.PREFIX) for sha in candidates), None)


def _by_tag(text: str, known: _Known) -> Resolved | _Ambiguous | None:
    for name in (text, f"v{text}"):
        tags = known.tags.get(version_key(name), ())
        # A tag of exactly this name is meant before one whose name only looks like it as a key.
        shas = {tag.sha for tag in tags if tag.name == name} or {tag.sha for tag in tags}
        if len(shas) > 1:
            return _Ambiguous(f"several tags are called {name!r} as a version")
        if shas:
            return Resolved(shas.pop(), Rule.TAG)
    return None

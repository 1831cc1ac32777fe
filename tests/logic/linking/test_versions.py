"""Versions people deploy, and the commits they mean."""

from collections.abc import Collection, Mapping

import pytest

from daybreak.logic.linking.versions import (
    DeployedVersion,
    Resolved,
    Rule,
    Tag,
    Unresolved,
    resolve_versions,
    version_key,
)

ONE = "a90a8a2" + "1" * 33
TWO = "beefbeef" + "2" * 32
TWIN = "beefbeef" + "3" * 32
UNKNOWN = "c" * 40


class Repository:
    """Three commits and some tags; counts how often it is asked."""

    def __init__(self, **tags: str) -> None:
        self.tags = [Tag(name, sha) for name, sha in tags.items()]
        self.calls = 0

    def known_shas(self, shas: Collection[str]) -> Collection[str]:
        self.calls += 1
        return {ONE, TWO, TWIN} & set(shas)

    def shas_by_prefix(self, prefixes: Collection[str]) -> Mapping[str, Collection[str]]:
        self.calls += 1
        return {prefix: [sha for sha in (ONE, TWO, TWIN) if sha.startswith(prefix)] for prefix in prefixes}

    def tags_by_key(self, keys: Collection[str]) -> Collection[Tag]:
        self.calls += 1
        return [tag for tag in self.tags if version_key(tag.name) in keys]


TAGS = {
    "v1.0.0": ONE,
    "2.0.0": TWO,
    "v2.0.0": ONE,
    "flagd/v0.1.0": TWO,
    "a/b": ONE,
    "a-b": TWO,
    "c/d": ONE,
    "c:d": TWO,
    "e/f": ONE,
    "e:f": ONE,
    "deadbeef": TWO,
    "beefbeef": ONE,
}

NO_MATCH = "neither a known SHA, nor the beginning of one, nor a tag"


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (ONE, Resolved(ONE, Rule.SHA)),
        (ONE.upper(), Resolved(ONE, Rule.SHA)),
        ("a90a8a2", Resolved(ONE, Rule.PREFIX)),
        ("a90a8a21", Resolved(ONE, Rule.PREFIX)),
        ("beefbeef2", Resolved(TWO, Rule.PREFIX)),
        ("a90a8a", Unresolved(NO_MATCH)),
        ("1.0.0", Resolved(ONE, Rule.TAG)),
        ("v1.0.0", Resolved(ONE, Rule.TAG)),
        ("2.0.0", Resolved(TWO, Rule.TAG)),
        ("flagd-v0.1.0", Resolved(TWO, Rule.TAG)),
        ("flagd/v0.1.0", Resolved(TWO, Rule.TAG)),
        ("a-b", Resolved(TWO, Rule.TAG)),
        ("a/b", Resolved(ONE, Rule.TAG)),
        ("c-d", Unresolved("several tags are called 'c-d' as a version")),
        ("e-f", Resolved(ONE, Rule.TAG)),
        ("deadbeef", Resolved(TWO, Rule.TAG)),
        ("3.0.0", Unresolved(NO_MATCH)),
        (UNKNOWN, Unresolved("no commit with this SHA is known", UNKNOWN)),
    ],
)
def test_deployed_sha_is_pull_request_head_tag_short_sha_or_semver__resolves_by_the_first_rule_that_tells(
    version: str, expected: Resolved | Unresolved
) -> None:
    assert resolve_versions([DeployedVersion(version)], Repository(**TAGS)) == [expected]


def test_resolve_versions__ambiguous_prefix__stays_unresolved_and_says_so() -> None:
    assert resolve_versions([DeployedVersion("beefbee")], Repository()) == [
        Unresolved("several commits begin with 'beefbee'")
    ]


def test_resolve_versions__ambiguous_prefix_that_is_a_tag__is_the_tag() -> None:
    assert resolve_versions([DeployedVersion("beefbeef")], Repository(**TAGS)) == [Resolved(ONE, Rule.TAG)]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (DeployedVersion("build-7", version_name="v1.0.0"), Resolved(ONE, Rule.VERSION_NAME)),
        (DeployedVersion("build-7", version_name="a90a8a2"), Resolved(ONE, Rule.VERSION_NAME)),
        (DeployedVersion("2.0.0", version_name="v1.0.0"), Resolved(TWO, Rule.TAG)),
        (DeployedVersion("build-7", metadata={"commit": ONE}), Resolved(ONE, Rule.METADATA)),
        (DeployedVersion("build-7", metadata={"sha": "a90a8a2"}), Resolved(ONE, Rule.METADATA)),
        (DeployedVersion("build-7", metadata={"commit": "x", "sha": TWO}), Resolved(TWO, Rule.METADATA)),
        (DeployedVersion("build-7", "build 7", {"commit": TWO}), Resolved(TWO, Rule.METADATA)),
        (DeployedVersion("build-7", metadata={"commit": "v1.0.0"}), Unresolved(NO_MATCH)),
        (DeployedVersion("build-7", metadata={"commit": 7}), Unresolved(NO_MATCH)),
        (DeployedVersion(UNKNOWN, version_name="1.0.0"), Resolved(ONE, Rule.VERSION_NAME)),
        (
            DeployedVersion("beefbee", metadata={"sha": UNKNOWN}),
            Unresolved("several commits begin with 'beefbee'", UNKNOWN),
        ),
        (
            DeployedVersion(UNKNOWN, metadata={"sha": "d" * 40}),
            Unresolved("no commit with this SHA is known", UNKNOWN),
        ),
    ],
)
def test_resolve_versions__version_itself_says_nothing__goes_by_name_then_metadata(
    version: DeployedVersion, expected: Resolved | Unresolved
) -> None:
    assert resolve_versions([version], Repository(**TAGS)) == [expected]


def test_resolve_versions__many_versions__take_three_lookups_and_keep_their_order() -> None:
    repository = Repository(**TAGS)
    versions = [DeployedVersion(version) for version in ("2.0.0", "nothing", "v1.0.0")]
    shas = [found.sha for found in resolve_versions(versions, repository)]
    assert (shas, repository.calls) == ([TWO, None, ONE], 3)


@pytest.mark.parametrize(
    ("tag", "key"),
    [
        ("v1.0.0", "v1.0.0"),
        ("flagd/v0.1.0", "flagd-v0.1.0"),
        ("@scope/web@1.0+b", "-scope-web-1.0-b"),
        ("été_1", "-t-_1"),
    ],
)
def test_version_key__characters_that_keys_may_not_hold__become_hyphens(tag: str, key: str) -> None:
    assert version_key(tag) == key

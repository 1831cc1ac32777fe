"""Lists of flags with what code says about them: shown, and filtered by."""

from typing import Any

import pytest

from areas.flags.code_seeds import REPOSITORIES, a_hunk, a_repository, a_scan, scanned
from areas.flags.seeds import FLAGS, a_flag, a_project
from areas.insights.seeds import narrowed
from daybreak.areas.flags.queries import flag_keys_of, reference_counts
from daybreak.platform.database import Database
from statements import count_statements


@pytest.fixture(autouse=True)
def code(api: Any) -> None:
    """`often` is in three files, one of them of another repository; `once` is in one, `never` in none."""
    a_project(api)
    for key in ("often", "once", "never"):
        a_flag(api, key)
    for name in ("shop", "site"):
        a_repository(api, name)
    both = [a_hunk("often"), a_hunk("often", 9), a_hunk("once", 20)]
    scanned(api, ("a.py", both), ("b.py", [a_hunk("often")]))
    scanned(api, ("c.py", [a_hunk("often")]), path=f"{REPOSITORIES}/site/branches/main")


def keys(api: Any, text: str) -> list[str]:
    answer = api.get(FLAGS, filter=text)
    assert answer.status_code == 200, answer.text
    return sorted(item["key"] for item in answer.json()["items"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("codeReferences.min:0", ["never", "often", "once"]),
        ("codeReferences.min:1", ["often", "once"]),
        ("codeReferences.min:3", ["often"]),
        ("codeReferences.min:4", []),
        ("codeReferences.max:0", ["never"]),
        ("codeReferences.max:2", ["never", "once"]),
        ("codeReferences.max:3", ["never", "often", "once"]),
        ("codeReferences.min:1,codeReferences.max:1", ["once"]),
    ],
)
def test_getFeatureFlags__filter_by_references__counts_files(
    api: Any, text: str, expected: list[str]
) -> None:
    assert keys(api, text) == expected


@pytest.mark.parametrize("value", ["", "-1", "1.5", "many", "99999999999999999999"])
def test_getFeatureFlags__filter_by_no_number__answers_400(api: Any, value: str) -> None:
    assert api.get(FLAGS, filter=f"codeReferences.min:{value}").status_code == 400
    assert api.get(FLAGS, filter=f"codeReferences.max:{value}").status_code == 400


def test_getFeatureFlags__other_branch__does_not_count(api: Any) -> None:
    branch = a_scan(("x.py", [a_hunk("never")])) | {"name": "draft"}
    assert api.put(f"{REPOSITORIES}/shop/branches/draft", json=branch).status_code == 200

    assert keys(api, "codeReferences.max:0") == ["never"]


def test_getFeatureFlags__references_expanded__are_shown_by_repository(api: Any) -> None:
    items = {item["key"]: item for item in api.get(FLAGS, expand="codeReferences").json()["items"]}

    counts = {
        key: [
            (each["name"], each["fileCount"], each["hunkCount"]) for each in item["codeReferences"]["items"]
        ]
        for key, item in items.items()
    }
    assert {key: sorted(found) for key, found in counts.items()} == {
        "often": [("shop", 2, 3), ("site", 1, 1)],
        "once": [("shop", 1, 1)],
        "never": [],
    }
    assert "codeReferences" not in api.get(FLAGS).json()["items"][0]


def test_getFeatureFlags__repository_of_others__does_not_count(api: Any) -> None:
    visible = ["proj/*", "proj/*:env/*", "proj/*:env/*:flag/*", "code-reference-repository/site"]
    viewer = narrowed(api, {"effect": "allow", "resources": visible, "actions": ["view*"]})

    assert keys(viewer, "codeReferences.min:1") == ["often"]
    items = viewer.get(FLAGS, expand="codeReferences").json()["items"]
    shown = {item["key"]: [each["name"] for each in item["codeReferences"]["items"]] for item in items}
    assert shown == {"often": ["site"], "once": [], "never": []}


def test_getFeatureFlags__more_references__need_no_more_statements(api: Any, database: Database) -> None:
    def read() -> Any:
        return api.get(FLAGS, expand="codeReferences", filter="codeReferences.min:1")

    few = count_statements(database, read)
    for number in range(10):
        a_flag(api, f"more-{number}")
    hunks = [a_hunk(f"more-{number}") for number in range(10)]
    scanned(api, ("d.py", hunks), path=f"{REPOSITORIES}/site/branches/main", updateSequenceId=9)

    assert count_statements(database, read) == few
    assert len(read().json()["items"]) == 12


def test_queries__of_code_references__tell_counts_and_flags(database: Database) -> None:
    with database.reading() as db:
        assert reference_counts(db, "web") == {"often": 3, "once": 1}
        assert flag_keys_of(db, ["SITE"], "web") == {"SITE": frozenset({"often"})}


def test_putBranch__scan_of_many_megabytes__is_taken(api: Any) -> None:
    hunks = [a_hunk("often", line, lines="x" * 2_000) for line in range(3_000)]

    scanned(api, ("large.py", hunks), updateSequenceId=9)

    found = api.get(FLAGS, expand="codeReferences", filter="query:often").json()["items"][0]
    assert {each["name"]: each["hunkCount"] for each in found["codeReferences"]["items"]}["shop"] == 3_000

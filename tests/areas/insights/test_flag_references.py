"""Flags that pull requests and deployments brought into the code or took out, as successive scans tell."""

from typing import Any

import pytest
from sqlalchemy import select

from areas.flags.code_seeds import MAIN, SHOP, a_hunk, a_repository, scanned
from areas.insights.deliveries import Place, a_place, at, sha
from areas.insights.seeds import DEPLOYMENTS, PULL_REQUESTS, counted_queries, narrowed
from daybreak.areas.flags.code_references.tables import code_reference_changes
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database

Reference = tuple[str, int, int]


@pytest.fixture(autouse=True)
def today(clock: FixedClock) -> None:
    clock.at = at(48)


def a_history(call_as_admin: Any, *subjects: str) -> None:
    """Commits a, b, c … an hour apart; a and the last are deployed, and what is between arrives with it."""
    with call_as_admin() as call:
        place = a_place(call)
        _commit(place, subjects)
        place.tell(sha("a"), 0.5)
        place.tell(sha(_name(len(subjects) - 1)), len(subjects))


def _commit(place: Place, subjects: tuple[str, ...]) -> None:
    for number, subject in enumerate(subjects):
        parents = () if not number else (_name(number - 1),)
        place.commit(_name(number), *parents, hours=number, subject=subject)


def _name(number: int) -> str:
    return chr(ord("a") + number)


def scan(api: Any, commit: str, *flags: str, path: str = MAIN, **given: Any) -> None:
    """A scan of `main` that finds each of these flags in a file of its own, as often as it is named."""
    files = [
        (f"{key}.py", [a_hunk(key, line) for line in range(flags.count(key))]) for key in sorted(set(flags))
    ]
    scanned(api, *files, path=path, head=sha(commit), **given)


def of_pull_requests(api: Any) -> dict[str, list[Reference]]:
    page = api.get(PULL_REQUESTS, projectKey="web", expand="flagReferences", **{"from": at(-1), "to": at(48)})
    assert page.status_code == 200, page.text
    return {item["externalId"]: shown(item) for item in page.json()["items"]}


def of_deployments(api: Any) -> list[list[Reference]]:
    """The latest first."""
    page = api.get(
        DEPLOYMENTS,
        projectKey="web",
        environmentKey="production",
        expand="flagReferences",
        **{"from": at(-1), "to": at(48)},
    )
    assert page.status_code == 200, page.text
    return [shown(item) for item in page.json()["items"]]


def shown(item: dict[str, Any]) -> list[Reference]:
    references = item["flagReferences"]
    assert references["totalCount"] == len(references["items"])
    assert {each["projectKey"] for each in references["items"]} <= {"web"}
    return [
        (each["flagKey"], each["referencesAdded"], each["referencesRemoved"]) for each in references["items"]
    ]


def test_flagReferences__scan_of_each_merge__tells_what_each_pull_request_did(
    api: Any, call_as_admin: Any
) -> None:
    a_history(call_as_admin, "Begin", "Add dark (#2)", "Drop old (#3)", "Words (#4)")
    a_repository(api)
    scan(api, "a", "old", "old", "till")
    scan(api, "b", "old", "old", "till", "dark", "dark", "dark")
    scan(api, "c", "old", "till", "dark", "dark", "dark")
    scan(api, "d", "old", "till", "dark", "dark", "dark")
    assert of_pull_requests(api) == {"4": [], "3": [("old", 0, 1)], "2": [("dark", 3, 0)]}
    assert of_deployments(api) == [[("dark", 3, 0), ("old", 0, 1)], []]


def test_flagReferences__scan_over_several_pull_requests__is_that_of_the_deployment_alone(
    api: Any, call_as_admin: Any
) -> None:
    a_history(call_as_admin, "Begin", "Add dark (#2)", "Drop old (#3)")
    a_repository(api)
    scan(api, "a", "old")
    scan(api, "c", "dark")
    assert of_pull_requests(api) == {"3": [], "2": []}
    assert of_deployments(api) == [[("dark", 1, 0), ("old", 0, 1)], []]


def test_flagReferences__scan_that_reaches_beyond_the_deployment__is_nobodys(
    api: Any, call_as_admin: Any
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        _commit(place, ("Begin", "One (#1)", "Two (#2)", "Three (#3)"))
        for name, hours in (("a", 0.5), ("b", 1.5), ("d", 4)):
            place.tell(sha(name), hours)
    a_repository(api)
    scan(api, "a")
    scan(api, "d", "dark")
    assert of_deployments(api) == [[], [], []]


def test_flagReferences__first_scan__tells_of_no_change(api: Any, call_as_admin: Any) -> None:
    a_history(call_as_admin, "Begin", "Add dark (#2)")
    a_repository(api)
    scan(api, "b", "dark", "till")
    assert of_pull_requests(api) == {"2": []}
    assert of_deployments(api) == [[], []]


def test_flagReferences__scan_of_the_same_commit_again__tells_of_no_change(
    api: Any, call_as_admin: Any
) -> None:
    a_history(call_as_admin, "Begin", "Add dark (#2)")
    a_repository(api)
    scan(api, "a")
    scan(api, "b", "dark")
    # The scanner was told to look for more.
    scan(api, "b", "dark", "till")
    assert of_pull_requests(api) == {"2": [("dark", 1, 0)]}


def test_flagReferences__scan_of_another_branch__does_not_count(api: Any, call_as_admin: Any) -> None:
    a_history(call_as_admin, "Begin", "Add dark (#2)")
    a_repository(api)
    for commit, flags in (("a", ()), ("b", ("dark",))):
        scan(api, commit, *flags, path=f"{SHOP}/branches/trial", name="trial")
    assert of_pull_requests(api) == {"2": []}


def test_flagReferences__branch_that_came_back_to_a_commit__counts_its_last_scan(
    api: Any, call_as_admin: Any, database: Database
) -> None:
    a_history(call_as_admin, "Begin", "Add dark (#2)")
    a_repository(api)
    scan(api, "a")
    scan(api, "b", "wrong")
    scan(api, "a")
    scan(api, "b", "dark")
    assert of_pull_requests(api) == {"2": [("dark", 1, 0)]}
    with database.reading() as db:
        rows = db.rows(select(code_reference_changes).order_by(code_reference_changes.c.head))
    assert [(row.head, row.flag_key, row.removed, row.is_first) for row in rows] == [
        (sha("a"), "wrong", 1, False),
        (sha("b"), "dark", 0, True),
    ]


def test_flagReferences__file_renamed__came_and_went(api: Any, call_as_admin: Any) -> None:
    a_history(call_as_admin, "Begin", "Rename (#2)")
    a_repository(api)
    scanned(api, ("a.py", [a_hunk("dark")]), head=sha("a"))
    scanned(api, ("b.py", [a_hunk("dark"), {"startingLineNumber": 1, "lines": "?"}]), head=sha("b"))
    assert of_pull_requests(api) == {"2": [("dark", 1, 1)]}


def test_flagReferences__repository_that_is_not_for_the_caller__stay_hidden(
    api: Any, call_as_admin: Any
) -> None:
    a_history(call_as_admin, "Begin", "Add dark (#2)")
    a_repository(api)
    scan(api, "a")
    scan(api, "b", "dark")
    everything = {"effect": "allow", "resources": ["proj/*", "proj/*:env/*:*/*"], "actions": ["*"]}
    codes = {"effect": "allow", "resources": ["code-reference-repository/shop"], "actions": ["*"]}
    narrow = narrowed(api, everything)
    assert of_pull_requests(narrow) == {"2": []}
    assert of_deployments(narrow) == [[], []]
    assert of_pull_requests(narrowed(api, everything, codes)) == {"2": [("dark", 1, 0)]}


def test_flagReferences__twenty_instead_of_one__take_as_many_queries(
    api: Any, database: Database, call_as_admin: Any
) -> None:
    a_history(call_as_admin, "Begin", *(f"Change {number} (#{number})" for number in range(1, 21)))
    a_repository(api)
    for number in range(21):
        scan(api, _name(number), *["dark"] * number)
    of_pull_requests(api)
    counts = []
    for limit in (1, 20):
        with counted_queries(database) as statements:
            page = api.get(
                PULL_REQUESTS,
                projectKey="web",
                expand="flagReferences",
                limit=limit,
                **{"from": at(-1), "to": at(48)},
            )
        assert [shown(item) for item in page.json()["items"]] == [[("dark", 1, 0)]] * limit
        counts.append(len(statements))
    assert counts[0] == counts[1]

"""The audit log through HTTP: searched by time, text, resource and action; pages lose no entry."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from daybreak.areas.account.audit_log.addresses import fragments, parse_address
from daybreak.areas.account.audit_log.store import BATCH
from daybreak.logic.policy.address import Address, matches, parse_specifier
from daybreak.platform.access import Actor
from daybreak.platform.audit import AuditEntry, record
from daybreak.platform.clock import HOUR, MINUTE, FixedClock
from daybreak.platform.database import Database

LOG = "/api/v2/auditlog"
COUNTS = f"{LOG}/counts"
SOMEBODY = Actor("token", "0123456789abcdef01234567", "Somebody", (), ending="4567")

CallAsAdmin = Callable[[], Any]


def an_entry(**given: Any) -> AuditEntry:
    plain = {
        "kind": "flag",
        "resource_id": "dark-mode",
        "address": "proj/web;beta:env/test:flag/dark-mode",
        "name": "Dark mode",
        "title_verb": "updated the flag",
        "actions": ("updateOn",),
        "path": "/api/v2/flags/web/dark-mode",
    }
    return AuditEntry(**{**plain, **given})


@pytest.fixture
def keep(call_as_admin: CallAsAdmin) -> Callable[..., list[str]]:
    """Records entries by somebody, at the given instant or now."""

    def keep_entries(*entries: AuditEntry, at: int | None = None) -> list[str]:
        with call_as_admin() as call:
            return [record(call.db, SOMEBODY, at or call.now, entry) for entry in entries]

    return keep_entries


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def _names(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [item["name"] for item in response.json()["items"]]


# Listing


def test_getAuditLogEntries__entry__says_who_did_what_to_what(api: Any, keep: Any) -> None:
    delta = [{"op": "replace", "path": "/name", "value": "Dark"}, {"op": "remove", "path": "/tags/0"}]
    [id] = keep(
        an_entry(
            comment="at last",
            delta=delta,
            before={"name": "Dim"},
            after={"name": "Dark"},
            parent_name="Web",
            parent_path="/api/v2/projects/web",
        )
    )
    [entry] = api.get(LOG, q="dark").json()["items"]
    assert entry["_id"] == id
    assert entry["_accountId"] == api.get("/api/v2/account").json()["_id"]
    assert entry["accesses"] == [{"action": "updateOn", "resource": "proj/web;beta:env/test:flag/dark-mode"}]
    assert (entry["kind"], entry["name"], entry["comment"]) == ("flag", "Dark mode", "at last")
    assert entry["title"] == "Somebody updated the flag Dark mode"
    assert entry["shortDescription"] == "Updated the flag Dark mode"
    assert entry["description"] == '- `name` is now `"Dark"`\n- `tags.0` was removed'
    assert entry["token"]["_id"] == SOMEBODY.id
    assert (entry["token"]["ending"], entry["token"]["serviceToken"]) == ("4567", False)
    assert entry["target"]["_links"]["canonical"]["href"] == "/api/v2/flags/web/dark-mode"
    assert (entry["parent"]["name"], entry["parent"]["resource"]) == ("Web", "proj/web;beta:env/test")
    assert not {"delta", "previousVersion", "currentVersion"} & entry.keys()
    alone = api.get(entry["_links"]["self"]["href"]).json()
    assert alone == entry | {
        "delta": delta,
        "previousVersion": {"name": "Dim"},
        "currentVersion": {"name": "Dark"},
    }


def test_getAuditLogEntries__long_value__is_cut_in_the_description(api: Any, keep: Any) -> None:
    keep(an_entry(delta=[{"op": "add", "path": "/notes", "value": "n" * 5000}]))
    [entry] = api.get(LOG, q="dark").json()["items"]
    assert len(entry["description"]) < 300


def test_getAuditLogEntries__real_writes__are_there(api: Any) -> None:
    api.post("/api/v2/projects", {"key": "web", "name": "Web"})
    assert _names(api.get(LOG, spec="proj/web")) == ["Web"]
    assert set(_names(api.get(LOG, spec="proj/*:env/*"))) == {"Test", "Production"}
    assert _names(api.get(LOG, spec="proj/*:env/*;critical")) == ["Production"]


def test_getAuditLogEntries__many_in_one_millisecond__none_is_lost_between_pages(api: Any, keep: Any) -> None:
    kept = {*keep(*(an_entry() for _ in range(7))), *keep(*(an_entry() for _ in range(7)), at=1_000)}
    seen: list[str] = []
    page = api.get(LOG, limit=4, q="dark").json()
    while True:
        assert "totalCount" not in page
        seen += [item["_id"] for item in page["items"]]
        if "next" not in page["_links"]:
            break
        page = api.request("GET", page["_links"]["next"]["href"]).json()
    assert len(seen) == 14
    assert set(seen) == kept


def test_getAuditLogEntries__before_and_after__leave_out_the_bounds(api: Any, keep: Any) -> None:
    for at in (1_000, 2_000, 3_000, 4_000):
        keep(an_entry(name=str(at)), at=at)
    assert _names(api.get(LOG, after=1_000, before=4_000)) == ["3000", "2000"]


def test_getAuditLogEntries__text__is_found_anywhere_in_the_name(api: Any, keep: Any) -> None:
    keep(an_entry(name="100%_sure"), an_entry(name="1000 sure"))
    assert _names(api.get(LOG, q="0%_SU")) == ["100%_sure"]


@pytest.mark.parametrize(
    ("specifier", "names"),
    [
        ("*", {"flag", "project", "odd", "tagless"}),
        ("proj/*", {"project"}),
        ("proj/web", {"project"}),
        ("proj/we*", {"project"}),
        ("proj/app", set()),
        ("proj/web:env/test:flag/dark-mode", {"flag", "tagless"}),
        ("proj/*;beta:env/*:flag/*", {"flag"}),
        ("proj/*:env/*;critical:flag/*", {"tagless"}),
        ("proj/*:env/*:flag/DARK-mode", set()),
        ("proj/*:env/*:*/*", {"flag", "tagless"}),
        ("application/*", {"odd"}),
        ("application/a,b*", {"odd"}),
        ("*/*", {"project", "odd"}),
    ],
)  # fmt: skip
def test_getAuditLogEntries__specifier__selects_by_address(
    api: Any, keep: Any, specifier: str, names: set[str]
) -> None:
    odd = str(Address.of(("application", "a,b:c;d/e")))
    keep(
        an_entry(name="flag"),
        an_entry(name="project", address="proj/web;beta"),
        an_entry(name="odd", address=odd),
        an_entry(name="tagless", address="proj/web:env/test;critical,eu:flag/dark-mode"),
        at=1_000,
    )
    assert set(_names(api.get(LOG, spec=specifier, before=2_000))) == names


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 21},
        {"before": "yesterday"},
        {"after": -1},
        {"spec": "proj"},
        {"before": 1, "beforeId": "x"},
    ],
)
def test_getAuditLogEntries__impossible_query__answers_400(api: Any, query: dict[str, Any]) -> None:
    assert api.get(LOG, **query).status_code == 400


def test_getAuditLogEntries__nobody__answers_401(api: Any) -> None:
    assert api.as_nobody().get(LOG).status_code == 401


def test_getAuditLogEntries__narrow_policy__shows_what_it_speaks_of(
    api: Any, keep: Any, clock: FixedClock
) -> None:
    [shown, hidden] = keep(an_entry(), an_entry(address="proj/app:env/test:flag/dark-mode"))
    policy = [{"effect": "allow", "resources": ["proj/web:env/*:flag/*"], "actions": ["viewAuditLog"]}]
    created = api.post("/api/v2/tokens", {"inlineRole": policy}).json()
    caller = api.as_token(created["token"])
    assert [item["_id"] for item in caller.get(LOG).json()["items"]] == [shown]
    assert caller.get(f"{LOG}/{shown}").status_code == 200
    assert caller.get(f"{LOG}/{hidden}").status_code == 403
    assert caller.post(f"{COUNTS}?after=0&before={clock.at + 1}", []).json()["totalCount"] == 1


def test_getAuditLogEntries__wanted_one_behind_many__is_found(api: Any, keep: Any) -> None:
    keep(an_entry(name="the one", address="proj/web:env/test:flag/light-mode"), at=1_000)
    keep(*(an_entry(address="proj/web:env/test:flag/light-mode-not") for _ in range(BATCH + 1)))
    assert _names(api.get(LOG, spec="proj/web:env/test:flag/light-mode")) == ["the one"]


def test_getAuditLogEntries__one_or_twenty__runs_as_many_queries(
    api: Any, keep: Any, database: Database
) -> None:
    keep(an_entry(), at=1_000)
    api.get(LOG)
    with _statements(database) as with_one:
        assert len(_names(api.get(LOG, before=2_000))) == 1
    keep(*(an_entry() for _ in range(19)), at=1_000)
    api.get(LOG)
    with _statements(database) as with_twenty:
        assert len(_names(api.get(LOG, before=2_000, limit=20))) == 20
    assert len(with_twenty) == len(with_one)


def test_getAuditLogEntry__unknown__answers_404(api: Any) -> None:
    assert api.get(f"{LOG}/0123456789abcdef01234567").status_code == 404
    assert api.as_nobody().get(f"{LOG}/0123456789abcdef01234567").status_code == 401


# Searching


@pytest.mark.parametrize(
    ("statements", "names"),
    [
        ([], {"on", "rules", "other"}),
        ([{"effect": "allow", "resources": ["proj/web:env/*:flag/*"]}], {"on", "rules"}),
        ([{"effect": "allow", "notResources": ["proj/web:env/*:flag/*"]}], {"other"}),
        ([{"effect": "allow", "actions": ["updateOn"]}], {"on", "other"}),
        ([{"effect": "allow", "notActions": ["updateOn"]}], {"rules"}),
        (
            [
                {"effect": "allow", "resources": ["*"], "actions": ["*"]},
                {"effect": "deny", "resources": ["proj/app:env/*:flag/*"], "actions": ["*"]},
            ],
            {"on", "rules"},
        ),
        ([{"effect": "deny", "resources": ["*"]}], set()),
    ],
)  # fmt: skip
def test_postAuditLogEntries__statements__select_by_resource_and_action(
    api: Any, keep: Any, statements: list[dict[str, Any]], names: set[str]
) -> None:
    keep(
        an_entry(name="on"),
        an_entry(name="rules", actions=("updateRules", "updateFallthrough")),
        an_entry(name="other", address="proj/app:env/test:flag/x"),
        at=1_000,
    )
    assert set(_names(api.post(f"{LOG}?before=2000", statements))) == names


def test_postAuditLogEntries__thousands_of_resources__are_all_searched_for(api: Any, keep: Any) -> None:
    keep(an_entry(), an_entry(name="the one", address="proj/app:env/test:flag/f1200"), at=1_000)
    named = [f"proj/app:env/*:flag/f{number}" for number in range(1, 1_201)]
    statements = [{"effect": "allow", "resources": named[start : start + 400]} for start in (0, 400, 800)]
    assert _names(api.post(f"{LOG}?before=2000", statements)) == ["the one"]


def test_postAuditLogEntries__no_body__searches_everything(api: Any, keep: Any) -> None:
    keep(an_entry(), an_entry())
    page = api.post(f"{LOG}?limit=1&q=mode").json()
    assert len(page["items"]) == 1
    assert page["_links"]["next"]["href"].startswith(f"{LOG}?")
    assert "q=mode" in page["_links"]["next"]["href"]


@pytest.mark.parametrize(
    "body",
    [
        {"effect": "allow"},
        [{"effect": "perhaps"}],
        [{"effect": "allow", "resources": ["proj"]}],
        [{"effect": "allow", "resources": ["*"], "notResources": ["*"]}],
        [{"effect": "allow", "actions": [1]}],
    ],
)
def test_postAuditLogEntries__no_statements__answers_400(api: Any, body: Any) -> None:
    assert api.post(LOG, body).status_code == 400
    assert api.post(f"{COUNTS}?after=0", body).status_code == 400


def test_postAuditLogEntries__not_json__answers_400(api: Any) -> None:
    assert api.request("POST", LOG, content=b"[{").status_code == 400


def test_postAuditLogEntries__readers__may_search(api: Any) -> None:
    assert api.as_role("reader").post(LOG, []).status_code == 200
    assert api.as_nobody().post(LOG, []).status_code == 401


# Counting


@pytest.mark.parametrize("statements", [[], [{"effect": "allow", "resources": ["proj/web:env/*:flag/*"]}]])
def test_postAuditLogEntryCounts__buckets__cover_the_range(
    api: Any, keep: Any, statements: list[dict[str, Any]]
) -> None:
    start = 1_000 * HOUR
    for at in (start, start + 1, start + MINUTE, start + 3 * MINUTE - 1, start + 3 * MINUTE):
        keep(an_entry(), at=at)
    counted = api.post(f"{COUNTS}?after={start}&before={start + 3 * MINUTE}&buckets=3", statements).json()
    assert counted == {
        "buckets": [
            {"timestamp": start, "count": 1},
            {"timestamp": start + MINUTE, "count": 1},
            {"timestamp": start + 2 * MINUTE, "count": 1},
        ],
        "totalCount": 3,
        "bucketIntervalMs": MINUTE,
    }


def test_postAuditLogEntryCounts__no_before__counts_until_now(api: Any, keep: Any, clock: FixedClock) -> None:
    keep(an_entry(), at=clock.at - 1)
    keep(an_entry(), at=clock.at)
    counted = api.post(f"{COUNTS}?after={clock.at - HOUR}", []).json()
    assert (len(counted["buckets"]), counted["totalCount"]) == (50, 1)


def test_postAuditLogEntryCounts__uneven_range__has_no_more_buckets_than_asked_for(api: Any) -> None:
    counted = api.post(f"{COUNTS}?after=0&before=7&buckets=5", []).json()
    assert counted["bucketIntervalMs"] == 2
    assert [bucket["timestamp"] for bucket in counted["buckets"]] == [0, 2, 4, 6]


@pytest.mark.parametrize(
    "query",
    ["", "after=5&before=5", "after=0&buckets=0", "after=0&buckets=501", "after=x", "after=253402300799999"],
)
def test_postAuditLogEntryCounts__impossible_query__answers_400(api: Any, query: str) -> None:
    assert api.post(f"{COUNTS}?{query}", []).status_code == 400


def test_postAuditLogEntryCounts__nobody__answers_401(api: Any) -> None:
    assert api.as_nobody().post(f"{COUNTS}?after=0", []).status_code == 401


# Addresses as text


@pytest.mark.parametrize(
    "address",
    [
        Address.of(("acct", "")),
        Address.of(("proj", "web")),
        Address.of(("proj", "web", {"b", "a"}), ("env", "test", {"critical"})),
        Address.of(("application", "a,b:c;d/e%2F", {"t"})),
    ],
)
def test_parse_address__text_of_an_address__is_that_address(address: Address) -> None:
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    "specifier",
    ["*", "*/*", "acct", "proj/*", "proj/web;beta:env/t*:flag/a.b", "proj/*:*/*:flag/*", "application/a,b*"],
)
def test_fragments__any_specifier__are_part_of_what_it_matches(specifier: str) -> None:
    addresses = [
        Address.of(("acct", "")),
        Address.of(("proj", "web", {"beta"})),
        Address.of(("proj", "web", {"beta"}), ("env", "test"), ("flag", "a.b")),
        Address.of(("application", "a,b:c;d/e")),
    ]
    parsed = parse_specifier(specifier)
    matched = [address for address in addresses if matches(parsed, address)]
    assert matched
    start, *inner = fragments(parsed)
    for address in matched:
        assert str(address).startswith(start)
        assert all(fragment in str(address) for fragment in inner)

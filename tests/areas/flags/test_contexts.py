"""Contexts: what is learnt of them, how they are found, and that they are forgotten."""

from typing import Any

import pytest

from areas.flags.context_seeds import ANN, BOB, HOME, PHONE, both, seen
from areas.flags.seeds import a_project
from areas.insights.seeds import narrowed
from daybreak.app import Daybreak
from daybreak.platform.clock import DAY, FixedClock
from daybreak.platform.database import Database
from statements import count_statements, list_audit

CONTEXTS, INSTANCES = f"{HOME}/contexts/search", f"{HOME}/context-instances/search"


@pytest.fixture(autouse=True)
def project(api: Any) -> None:
    a_project(api)


def found(api: Any, filter: str = "", at: str = CONTEXTS, **query: Any) -> list[str]:
    """The keys of the contexts, or of the parts of combinations, that are found."""
    answer = api.post(at, json={"filter": filter} if filter else {}, params=query)
    assert answer.status_code == 200, answer.text
    return [
        "+".join(str(part["key"]) for kind, part in sorted(context.items()) if kind != "kind")
        if context["kind"] == "multi"
        else context["key"]
        for context in (item["context"] for item in answer.json()["items"])
    ]


def test_searchContexts__seen_together__each_is_shown_alone(
    api: Any, database: Database, clock: FixedClock
) -> None:
    seen(database, clock.now(), both(ANN, PHONE))

    answer = api.post(CONTEXTS, json={}).json()

    [phone, ann] = sorted(answer["items"], key=lambda item: item["context"]["kind"])
    assert ann["context"] == ANN
    assert (ann["applicationId"], ann["associatedContexts"], ann["lastSeen"][-1]) == ("till", 1, "Z")
    assert phone["context"] == PHONE
    assert answer["totalCount"] == 2
    assert answer["_environmentId"] == api.get(HOME).json()["_id"]
    assert found(api, at=INSTANCES) == ["phone+ann"]


def test_contexts__seen_again__are_replaced_by_what_is_newer(
    api: Any, database: Database, clock: FixedClock
) -> None:
    seen(database, clock.now(), ANN, BOB)
    seen(database, clock.now() + 1, {"kind": "user", "key": "ann", "age": 45.0})

    assert found(api) == ["ann", "bob"]
    assert found(api, "user.age equals 45") == ["ann"]
    assert found(api, "user.email exists true") == ["bob"]


def test_contexts__of_which_only_the_key_is_told__keep_what_is_known(
    api: Any, database: Database, clock: FixedClock
) -> None:
    seen(database, clock.now(), ANN)
    seen(database, clock.now() + 1, {"user": "ann", "device": "phone"}, is_partial=True)

    assert found(api, "user.age equals 44") == ["ann"]
    assert sorted(found(api)) == ["ann", "phone"]
    assert sorted(found(api, at=INSTANCES)) == ["ann", "phone+ann"]


def test_contexts__private_attributes__are_never_kept(
    api: Any, database: Database, clock: FixedClock
) -> None:
    hidden = {"_meta": {"redactedAttributes": ["email", "/address/street"]}}
    unclean = {"_meta": {"privateAttributes": ["age", "/address/city"]}}
    seen(database, clock.now(), {"kind": "user", "key": "ann", "name": "Ann"} | hidden)
    seen(database, clock.now(), both(ANN, PHONE) | {"user": {**ANN, **unclean}}, application="shop")
    seen(database, clock.now(), {"key": "old", "privateAttrs": ["email"], "custom": {"plan": "x"}})

    shown = api.post(CONTEXTS, json={"filter": "applicationId equals shop, kind equals user"}).json()
    assert shown["items"][0]["context"].keys() & {"age", "_meta"} == set()
    assert shown["items"][0]["context"]["address"] == {}
    assert found(api, "user.age exists true") == []
    assert '"age"' not in api.post(INSTANCES, json={}).text
    names = api.get(f"{HOME}/context-attributes", filter="kind equals user").json()["items"][0]["names"]
    redacted = {each["name"] for each in names if each["redacted"]}
    assert redacted == {"email", "/address/street"}


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "user"},
        {"kind": "user", "key": ""},
        {"kind": "multi"},
        {"kind": "two words", "key": "a"},
        {"kind": "user", "key": "a" * 2_000},
        {"kind": "user", "key": "a\0b"},
        {"kind": "user", "key": "a", "big": "x" * 100_000},
        [],
        7,
    ],
)
def test_contexts__that_are_none__do_not_cost_the_others(
    api: Any, database: Database, clock: FixedClock, document: Any
) -> None:
    seen(database, clock.now(), document, BOB)

    assert found(api) == ["bob"]


@pytest.mark.parametrize(
    ("filter", "keys"),
    [
        ("key equals ann", "ann"),
        ("key equals Ann", ""),
        ("key startsWith a", "ann"),
        ("key notEquals ann", "bob phone"),
        ('key anyOf ["ann", "phone"]', "ann phone"),
        ("kind equals device", "phone"),
        ('kinds equals ["user"]', "ann bob"),
        ('kinds contains ["user", "device"]', ""),
        ("kindKey equals user:ann", "ann"),
        ('kindKeys anyOf ["user:ann", "device:phone"]', "ann phone"),
        ("applicationId equals till", "ann bob phone"),
        ("applicationId notEquals till", ""),
        ("q equals ACME", "ann"),
        ("q equals pho", "phone"),
        ("name equals Bob", "bob"),
        ('name anyOf ["Bob", "Phone"]', "bob phone"),
        ("*.name startsWith P", "phone"),
        ("user.name exists true", "ann bob"),
        ("user.age exists false", "phone"),
        ("user.age equals 44", "ann"),
        ('user.age equals "44"', ""),
        ("user.age notEquals 44", "bob phone"),
        ("user.beta equals true", "ann"),
        ('user.email startsWith "ann@"', "ann"),
        ('user.plans equals ["gold","old"]', "ann"),
        ("user./address/city equals Bonn", "ann"),
        ("user.job/title equals chief", "ann"),
        ("user./job~1title equals chief", ""),
        ('user.since before "2023-01-01T00:00:00Z"', "ann"),
        ('user.since after "2023-01-01T00:00:00Z"', ""),
        ('"user.job/title" equals "chief"', "ann"),
        ("key equals ann|(key equals bob,user.age equals 8)", "ann"),
        ("device.name equals Phone, kind equals device", "phone"),
    ],
)
def test_searchContexts__filter__finds_what_it_says(
    api: Any, database: Database, clock: FixedClock, filter: str, keys: str
) -> None:
    seen(database, clock.now(), ANN, BOB, PHONE)

    assert " ".join(sorted(found(api, filter))) == keys


@pytest.mark.parametrize(
    ("filter", "keys"),
    [
        ('kinds contains ["user", "device"]', ["phone+ann"]),
        ('kinds equals ["user"]', ["bob"]),
        ('kinds anyOf ["user"]', ["bob", "phone+ann"]),
        ('kindKeys contains "user:ann"', ["phone+ann"]),
        ("applicationId equals shop", []),
    ],
)
def test_searchContextInstances__filter__finds_what_it_says(
    api: Any, database: Database, clock: FixedClock, filter: str, keys: list[str]
) -> None:
    seen(database, clock.now(), both(ANN, PHONE), BOB)

    assert sorted(found(api, filter, at=INSTANCES)) == keys


@pytest.mark.parametrize(
    "filter",
    [
        "age equals 4",
        "user.age contains 4",
        "user.since after soon",
        "user.x exists perhaps",
        "kind startsWith u",
    ],
)
def test_searchContexts__filter_that_means_nothing__answers_400(api: Any, filter: str) -> None:
    assert api.post(CONTEXTS, json={"filter": filter}).status_code == 400


def test_searchContexts__query_and_body__answers_400(api: Any) -> None:
    assert api.post(CONTEXTS, json={"limit": 3}, params={"sort": "ts"}).status_code == 400
    assert api.post(CONTEXTS, json={}, params={"sort": "ts"}).status_code == 200


def test_searchContexts__pages__show_each_once(api: Any, database: Database, clock: FixedClock) -> None:
    for number in range(7):
        seen(database, clock.now() + number // 2, {"kind": "user", "key": f"u{number}"})
    for sort in ("ts", "-ts"):
        keys, path, body = [], CONTEXTS, {"limit": 3, "sort": sort, "filter": "kind equals user"}
        while path:
            page = api.post(path, json=body).json()
            assert page["totalCount"] == 7
            keys += [item["context"]["key"] for item in page["items"]]
            path, body = page["_links"].get("next", {}).get("href"), {}
        assert sorted(keys) == [f"u{number}" for number in range(7)]
        assert (keys[0] in {"u0", "u1"}) is (sort == "ts")
    assert "totalCount" not in api.post(CONTEXTS, json={}, params={"includeTotalCount": "false"}).json()


def test_searchContexts__many__costs_as_much_as_one(api: Any, database: Database, clock: FixedClock) -> None:
    seen(database, clock.now(), ANN)
    one = count_statements(database, lambda: found(api))
    seen(database, clock.now(), *({"kind": "user", "key": f"u{number}"} for number in range(19)))
    assert count_statements(database, lambda: found(api)) == one


def test_getContexts__of_two_applications__shows_both(
    api: Any, database: Database, clock: FixedClock
) -> None:
    seen(database, clock.now(), ANN)
    seen(database, clock.now() + 1, ANN | {"age": 1}, application="shop")

    items = api.get(f"{HOME}/contexts/user/ann").json()["items"]
    assert [(item["applicationId"], item["context"]["age"]) for item in items] == [("shop", 1), ("till", 44)]
    narrow = api.get(f"{HOME}/contexts/user/ann", filter="applicationId equals till").json()
    assert narrow["totalCount"] == 1
    assert api.get(f"{HOME}/contexts/user/nobody").json()["items"] == []


def test_deleteContextInstances__one__forgets_what_is_part_of_nothing_else(
    api: Any, database: Database, clock: FixedClock
) -> None:
    seen(database, clock.now(), both(ANN, PHONE))
    seen(database, clock.now(), both(ANN, PHONE), application="shop")
    seen(database, clock.now(), PHONE)
    body = {"filter": 'kinds contains "user"'}
    [one, two] = api.post(INSTANCES, json=body).json()["items"]
    assert one["id"] == two["id"]
    path = one["_links"]["self"]["href"]
    assert api.get(path).json()["totalCount"] == 2

    assert api.as_role("reader").delete(path).status_code == 403
    assert api.delete(path).status_code == 204

    assert found(api) == ["phone"]
    assert found(api, at=INSTANCES) == ["phone"]
    assert api.get(path).json()["items"] == []
    assert api.delete(path).status_code == 404
    [entry] = list_audit(database, "context-instance")
    assert entry.actions == ["deleteContextInstance"]
    assert "acme" not in str(entry)


def test_attributes__names_and_values__are_counted(api: Any, database: Database, clock: FixedClock) -> None:
    seen(database, clock.now(), ANN, BOB, PHONE)

    [device, user] = sorted(api.get(f"{HOME}/context-attributes").json()["items"], key=lambda i: i["kind"])
    assert device == {"kind": "device", "names": [{"name": "name", "weight": 1, "redacted": False}]}
    assert {"name": "email", "weight": 2, "redacted": False} in user["names"]
    narrow = api.get(f"{HOME}/context-attributes", filter="kind equals user, name startsWith ag").json()
    assert narrow["items"][0]["names"] == [{"name": "age", "weight": 2, "redacted": False}]
    values = api.get(f"{HOME}/context-attributes/email", filter='value startsWith "bob"').json()["items"]
    assert values == [{"kind": "user", "values": [{"name": "bob@other.io", "weight": 1}]}]
    assert len(api.get(f"{HOME}/context-attributes/age", limit=1).json()["items"][0]["values"]) == 1


def test_contexts__not_seen_for_30_days__are_forgotten(
    api: Any, app: Daybreak, database: Database, clock: FixedClock
) -> None:
    seen(database, clock.now(), ANN)
    clock.advance(29 * DAY)
    seen(database, clock.now(), BOB)
    clock.advance(2 * DAY)
    for job in app.jobs.list_due():
        if "not seen" in job.name:
            assert app.jobs.run(job)
    assert found(api) == ["bob"]
    assert found(api, at=INSTANCES) == ["bob"]


def test_contexts__strangers__see_nothing(api: Any, database: Database, clock: FixedClock) -> None:
    seen(database, clock.now(), ANN)
    elsewhere = {"effect": "allow", "resources": ["proj/other"], "actions": ["*"]}
    stranger = narrowed(api, elsewhere)
    assert stranger.post(CONTEXTS, json={}).status_code == 403
    assert api.as_nobody().post(CONTEXTS, json={}).status_code == 401
    assert api.as_role("reader").post(CONTEXTS, json={}).status_code == 200
    assert api.post(CONTEXTS.replace("production", "nowhere"), json={}).status_code == 404

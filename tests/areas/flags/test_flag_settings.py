"""What a flag is set to for one context, and what every flag comes to for it."""

from typing import Any

import pytest

from areas.flags.seeds import FLAGS, a_flag, a_project, ids, instructed, production
from areas.insights.seeds import narrowed
from daybreak.platform.database import Database
from statements import count_statements, list_audit

OF_ACME = "/api/v2/projects/web/environments/production/contexts/org/acme/flags/checkout"
OF_ANN = "/api/v2/users/web/production/ann/flags"
THREE = [{"value": "a"}, {"value": 1}, {"value": True}]


@pytest.fixture
def flag(api: Any) -> dict[str, Any]:
    a_project(api)
    made = a_flag(api, variations=THREE)
    instructed(api, {"kind": "turnFlagOn"})
    return made


def targeted(api: Any) -> set[tuple[str, str, int]]:
    shown = production(api.get(f"{FLAGS}/checkout").json())
    both = [*shown["targets"], *shown["contextTargets"]]
    return {(each["contextKind"], key, each["variation"]) for each in both for key in each["values"]}


def test_putContextFlagSetting__a_value__targets_the_context_and_nothing_clears_it(
    api: Any, flag: dict[str, Any], database: Database
) -> None:
    assert api.put(OF_ACME, {"setting": 1, "comment": "a trial"}).status_code == 204
    assert targeted(api) == {("org", "acme", 1)}
    entry = list_audit(database, "flag")[-1]
    assert (entry.actions, entry.comment) == (["updateTargets"], "a trial")

    assert api.put(OF_ACME, {"setting": True}).status_code == 204
    assert targeted(api) == {("org", "acme", 2)}
    before = len(list_audit(database, "flag"))
    assert api.put(OF_ACME, {"setting": True}).status_code == 204
    assert len(list_audit(database, "flag")) == before

    assert api.put(OF_ACME, {"setting": None}).status_code == 204
    assert targeted(api) == set()
    assert api.put(OF_ACME, {}).status_code == 204


def test_putFlagSetting__a_value__is_read_back_beside_the_evaluation(
    api: Any, flag: dict[str, Any], database: Database
) -> None:
    one = f"{OF_ANN}/checkout"
    unset = api.get(one).json()
    assert (unset["_value"], unset["setting"], unset["reason"]) == ("a", None, {"kind": "FALLTHROUGH"})
    assert unset["_links"]["self"]["href"] == one

    assert api.put(one, {"setting": 1}).status_code == 204

    assert targeted(api) == {("user", "ann", 1)}
    assert api.get(one).json() | {"_links": {}} == {
        "_value": 1,
        "setting": 1,
        "reason": {"kind": "TARGET_MATCH"},
        "_links": {},
    }
    few = count_statements(database, lambda: api.get(OF_ANN))
    for key in ("one", "two", "three"):
        a_flag(api, key)
    everything = api.get(OF_ANN).json()["items"]
    assert everything.keys() == {"checkout", "one", "two", "three"}
    assert everything["checkout"] == api.get(one).json()
    assert everything["one"]["reason"] == {"kind": "OFF"}
    assert count_statements(database, lambda: api.get(OF_ANN)) == few


def test_getUserFlagSettings__archived_flag__is_left_out_but_answers_alone(
    api: Any, flag: dict[str, Any]
) -> None:
    instructed(api, {"kind": "archiveFlag"})

    assert api.get(OF_ANN).json()["items"] == {}
    assert api.get(f"{OF_ANN}/checkout").json()["_value"] == "a"


def test_getUserFlagSettings__narrow_policy__shows_what_it_allows(api: Any, flag: dict[str, Any]) -> None:
    a_flag(api, "other")
    only = {"effect": "allow", "resources": ["proj/*:env/*:flag/other"], "actions": ["viewFlag"]}

    narrow = narrowed(api, only)

    assert narrow.get(OF_ANN).json()["items"].keys() == {"other"}
    assert narrow.get(f"{OF_ANN}/checkout").status_code == 403


@pytest.mark.parametrize("path", [OF_ACME, f"{OF_ANN}/checkout"])
def test_putFlagSetting__others_and_nonsense__are_refused(api: Any, flag: dict[str, Any], path: str) -> None:
    elsewhere = {"effect": "allow", "resources": ["proj/*:env/test:flag/*"], "actions": ["*"]}
    seen = {"effect": "allow", "resources": ["proj/*:env/*:flag/*"], "actions": ["viewFlag"]}
    for caller in (api.as_role("reader"), narrowed(api, elsewhere, seen)):
        for body in ({"setting": 1}, {"setting": None}):
            assert caller.put(path, body).status_code == 403
    assert api.as_nobody().put(path, {"setting": 1}).status_code == 401
    for missing in ("web", "production", "checkout"):
        assert api.put(path.replace(missing, "none"), {"setting": 1}).status_code == 404
    bodies: list[Any] = [{"setting": "b"}, {"setting": False}, {"setting": {}}, {"comment": 7}, []]
    for nonsense in bodies:
        assert api.put(path, nonsense).status_code == 400
    assert targeted(api) == set()


@pytest.mark.parametrize("kind", ["multi", "kind", "two%20words", "k" * 65])
def test_putContextFlagSetting__no_kind_of_context__answers_400(
    api: Any, flag: dict[str, Any], kind: str
) -> None:
    assert api.put(OF_ACME.replace("org", kind), {"setting": 1}).status_code == 400


def test_putFlagSetting__key_with_a_slash__is_one_user(api: Any, flag: dict[str, Any]) -> None:
    path = "/api/v2/users/web/production/ann%2Fbob/flags/checkout"

    assert api.put(path, {"setting": 1}).status_code == 204

    assert targeted(api) == {("user", "ann/bob", 1)}
    assert api.get(path).json()["_links"]["self"]["href"] == path
    assert ids(flag)

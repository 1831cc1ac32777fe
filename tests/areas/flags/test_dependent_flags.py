"""Which flags need a flag, over all environments and in one."""

from typing import Any

import pytest

from areas.flags.seeds import FLAGS, a_flag, a_project, ids, instructed, production
from areas.insights.seeds import narrowed
from daybreak.platform.database import Database
from statements import count_statements, statements

EVERYWHERE = f"{FLAGS}/checkout/dependent-flags"
IN_PRODUCTION = f"{FLAGS}/production/checkout/dependent-flags"


@pytest.fixture
def variation(api: Any) -> str:
    a_project(api)
    return ids(a_flag(api))[0]


def needing(api: Any, key: str, variation: str, *environments: str) -> None:
    a_flag(api, key)
    for environment in environments:
        need = {"kind": "addPrerequisite", "key": "checkout", "variationId": variation}
        instructed(api, need, key=key, environmentKey=environment)


def test_getDependentFlags__several__are_told_with_their_environments(
    api: Any, variation: str, database: Database
) -> None:
    needing(api, "both", variation, "production", "test")
    few = count_statements(database, lambda: [api.get(EVERYWHERE), api.get(IN_PRODUCTION)])
    needing(api, "one", variation, "test")
    needing(api, "none", variation)
    needing(api, "old", variation, "production")
    instructed(api, {"kind": "archiveFlag"}, key="old")

    items = api.get(EVERYWHERE).json()["items"]

    assert [(i["key"], {e["key"] for e in i["environments"]}) for i in items] == [
        ("both", {"production", "test"}),
        ("one", {"test"}),
    ]
    assert [i["key"] for i in api.get(IN_PRODUCTION).json()["items"]] == ["both"]
    assert few == count_statements(database, lambda: [api.get(EVERYWHERE), api.get(IN_PRODUCTION)])


@pytest.mark.parametrize("path", [EVERYWHERE, IN_PRODUCTION])
def test_getDependentFlags__others__see_what_they_may(api: Any, variation: str, path: str) -> None:
    needing(api, "secret", variation, "production")
    only = {"effect": "allow", "resources": ["proj/*:env/*:flag/checkout"], "actions": ["viewFlag"]}
    other = only | {"resources": ["proj/*:env/*:flag/secret"]}

    assert narrowed(api, only).get(path).json()["items"] == []
    assert narrowed(api, other).get(path).status_code == 403
    assert api.as_nobody().get(path).status_code == 401
    for missing in {"web", "checkout", "production"} & set(path.split("/")):
        assert api.get(path.replace(missing, "none")).status_code == 404


def test_patchFeatureFlag__no_prerequisite_named__reads_no_other_flags(
    api: Any, variation: str, database: Database
) -> None:
    needing(api, "both", variation, "production")
    a_flag(api, "other")

    def read_others(patch: list[dict[str, Any]]) -> bool:
        with statements(database) as seen:
            answer = api.patch(f"{FLAGS}/both", patch)
        assert answer.status_code == 200, answer.text
        return any(
            each.replace('"', "").startswith("SELECT feature_flags.key, feature_flags.variations")
            and " IN " not in each
            for each in seen
        )

    assert not read_others([{"op": "replace", "path": "/description", "value": "shown"}])
    assert not read_others([{"op": "replace", "path": "/environments/production/on", "value": True}])
    add = {"op": "add", "path": "/environments/production/prerequisites/-"}
    assert read_others([add | {"value": {"key": "other", "variation": 1}}])
    needed = production(api.get(f"{FLAGS}/both").json())["prerequisites"]
    assert {each["key"]: each["variation"] for each in needed} == {"checkout": 0, "other": 1}
    unknown = [add | {"value": {"key": "nothing", "variation": 0}}]
    assert api.patch(f"{FLAGS}/both", unknown).status_code == 400

"""Nobody hands a Relay Proxy the keys of environments that they may not see."""

from typing import Any

import pytest

from areas.integrations.configurations import (
    ADMINISTER,
    CONFIGURATIONS,
    EVERYTHING,
    a_configuration,
    covering,
    path_of,
    seeing,
)

WEB = covering("proj/web:env/*")
NO_PRODUCTION = covering("proj/web:env/production", effect="deny")


def administrator(api: Any, *statements: dict[str, Any]) -> Any:
    """Somebody who may administer configurations, and what else is given."""
    body = {"serviceToken": True, "inlineRole": [ADMINISTER, *statements]}
    return api.as_token(api.post("/api/v2/tokens", body).json()["token"])


@pytest.mark.parametrize(
    ("own", "policy"),
    [
        ([seeing("proj/web:env/*")], [WEB]),
        ([seeing("proj/web:env/*")], [covering("proj/web:env/test")]),
        ([seeing("proj/web:env/*")], [WEB, NO_PRODUCTION]),
        ([seeing("proj/web:env/*")], [covering("proj/web:env/*;slow")]),
        ([seeing("proj/*:env/*")], [EVERYTHING]),
        ([seeing("*")], [covering(notResources=["proj/web:env/*"])]),
        ([seeing("proj/web*:env/test", "proj/shop:env/*")], [covering("proj/website:env/test")]),
        ([seeing("proj/*:env/*;slow")], [covering("proj/web:env/*;slow,old")]),
        ([seeing("*"), covering("acct", "member/*", effect="deny")], [EVERYTHING]),
        ([], []),
        ([], [NO_PRODUCTION]),
    ],
)
def test_postRelayAutoConfig__environments_that_one_sees__is_allowed(
    api: Any, own: list[dict[str, Any]], policy: list[dict[str, Any]]
) -> None:
    body = {"name": "edge", "policy": policy}
    assert administrator(api, *own).post(CONFIGURATIONS, body).status_code == 201


@pytest.mark.parametrize(
    ("own", "policy"),
    [
        ([], [WEB]),
        ([seeing("proj/*")], [WEB]),
        ([seeing("proj/web:env/test")], [WEB]),
        ([seeing("proj/web:env/*")], [EVERYTHING]),
        ([seeing("proj/web:env/*")], [covering("*")]),
        ([seeing("proj/web:env/*")], [covering(notResources=["proj/shop:env/*"])]),
        ([seeing("proj/web*:env/*")], [covering("proj/we*:env/*")]),
        ([seeing("proj/*:env/*;slow")], [covering("proj/web:env/test")]),
        ([seeing("*"), NO_PRODUCTION], [WEB]),
        ([seeing("*"), covering(effect="deny", notResources=["proj/web:env/*"])], [WEB]),
        ([{**seeing("*"), "actions": ["viewFlag"]}], [WEB]),
    ],
)
def test_postRelayAutoConfig__environments_that_one_may_not_see__answers_403(
    api: Any, own: list[dict[str, Any]], policy: list[dict[str, Any]]
) -> None:
    body = {"name": "edge", "policy": policy}
    assert administrator(api, *own).post(CONFIGURATIONS, body).status_code == 403
    assert api.get(CONFIGURATIONS).json()["items"] == []


def test_patchRelayAutoConfig__more_than_one_sees__answers_403(api: Any) -> None:
    caller = administrator(api, seeing("proj/web:env/*"))
    mine = a_configuration(caller, WEB)
    widen = [{"op": "add", "path": "/policy/-", "value": EVERYTHING}]
    assert caller.patch(path_of(mine), widen).status_code == 403
    # What others made may be renamed: that hands nothing out.
    others = a_configuration(api)
    rename = [{"op": "replace", "path": "/name", "value": "renamed"}]
    assert caller.patch(path_of(others), rename).status_code == 200


def test_resetRelayAutoConfig__of_more_than_one_sees__answers_403(api: Any) -> None:
    caller = administrator(api, seeing("proj/web:env/*"))
    mine, others = a_configuration(caller, WEB), a_configuration(api)
    assert caller.post(f"{path_of(mine)}/reset").status_code == 200
    assert caller.post(f"{path_of(others)}/reset").status_code == 403

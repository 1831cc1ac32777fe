"""Environments that are made from another one: what flags do there."""

from typing import Any

from areas.flags.seeds import FLAGS, a_flag, a_project, ids, instructed, production


def test_postEnvironment__from_a_source__starts_with_the_flags_configured_there(api: Any) -> None:
    a_project(api)
    flag = a_flag(api)
    a_flag(api, "other")
    instructed(
        api,
        {"kind": "turnFlagOn"},
        {"kind": "addTargets", "variationId": ids(flag)[1], "values": ["ann"]},
    )
    body = {"key": "staging", "name": "Staging", "color": "aabbcc", "source": {"key": "production"}}

    assert api.post("/api/v2/projects/web/environments", json=body).status_code == 201
    plain = {"key": "plain", "name": "Plain", "color": "aabbcc"}
    assert api.post("/api/v2/projects/web/environments", json=plain).status_code == 201

    shown = api.get(f"{FLAGS}/checkout").json()["environments"]
    copied, source = shown["staging"], shown["production"]
    assert (copied["on"], copied["targets"]) == (True, source["targets"])
    assert copied["salt"] != source["salt"]
    assert (shown["plain"]["on"], shown["plain"]["targets"]) == (False, [])
    instructed(api, {"kind": "turnFlagOff"}, environmentKey="staging")
    assert production(api.get(f"{FLAGS}/checkout").json())["on"] is True


VIEWING = [{"effect": "allow", "resources": ["*"], "actions": ["view*"]}]
MAKING = [
    {"effect": "allow", "resources": ["proj/web:env/new*"], "actions": ["createEnvironment", "viewProject"]},
    {"effect": "allow", "resources": ["proj/web:env/*:flag/new*"], "actions": ["createFlag", "viewFlag"]},
]
COPY = {"key": "new", "name": "New", "color": "aabbcc", "source": {"key": "production"}}


def test_postEnvironment__source_that_may_not_be_seen__answers_403(api: Any) -> None:
    a_project(api)
    a_flag(api, "open")
    a_flag(api, "secret")
    hidden = {"effect": "deny", "resources": ["proj/web:env/*:flag/secret"], "actions": ["view*"]}
    unseen = {"effect": "deny", "resources": ["proj/web:env/production"], "actions": ["view*"]}
    for policy in ([*MAKING], [*VIEWING, *MAKING, hidden], [*VIEWING, *MAKING, unseen]):
        maker = api.with_policy(policy)
        assert maker.post("/api/v2/projects/web/environments", json=COPY).status_code == 403
        assert api.get("/api/v2/projects/web/environments/new").status_code == 404
    maker = api.with_policy([*VIEWING, *MAKING])
    assert maker.post("/api/v2/projects/web/environments", json=COPY).status_code == 201


def test_postFeatureFlag__clone_of_what_may_not_be_seen__answers_403(api: Any) -> None:
    a_project(api)
    a_flag(api, "secret")
    new = {"key": "new", "name": "New"}
    blind = api.with_policy(MAKING)
    assert blind.post(f"{FLAGS}?clone=secret", json=new).status_code == 403
    assert blind.post(f"{FLAGS}?clone=missing", json=new).status_code == 404
    assert api.get(f"{FLAGS}/new").status_code == 404
    assert api.with_policy([*VIEWING, *MAKING]).post(f"{FLAGS}?clone=secret", json=new).status_code == 201

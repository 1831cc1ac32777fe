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

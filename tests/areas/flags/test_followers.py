"""Following flags: for oneself, for others, and who may see it."""

from typing import Any

import pytest

from areas.flags.seeds import a_flag, a_project
from areas.insights.seeds import narrowed
from areas.people.members import a_member
from daybreak.areas.people.members.model import Member
from daybreak.areas.people.members.store import member_store
from daybreak.platform.account import ACCOUNT_ID
from daybreak.platform.database import Database
from statements import count_statements, list_audit

FOLLOWERS = "/api/v2/projects/web/flags/checkout/environments/production/followers"
IN_PRODUCTION = "/api/v2/projects/web/environments/production/followers"
ANN = "0123456789abcdef01234567"
MINE = f"{FOLLOWERS}/{ACCOUNT_ID}"


@pytest.fixture(autouse=True)
def flag(api: Any, database: Database) -> None:
    a_project(api)
    a_flag(api)
    ann = Member(
        id=ANN,
        email="ann@example.com",
        first_name="Ann",
        last_name="Lee",
        role="reader",
        role_attributes={},
        is_invited=False,
        is_verified=True,
        created_at=0,
        version=1,
    )
    with database.writing() as db:
        member_store.insert(db, ann)


def follow(api: Any, *member_ids: str, flag: str = "checkout") -> None:
    for id in member_ids:
        assert api.put(f"{FOLLOWERS.replace('checkout', flag)}/{id}").status_code == 204


def test_putFlagFollower__member__is_listed_and_audited(api: Any, database: Database) -> None:
    answer = api.put(f"{FOLLOWERS}/{ANN}")

    assert (answer.status_code, answer.content) == (204, b"")
    found = api.get(FOLLOWERS).json()
    assert found["items"] == [
        {
            "_links": {"self": {"href": f"/api/v2/members/{ANN}", "type": "application/json"}},
            "_id": ANN,
            "firstName": "Ann",
            "lastName": "Lee",
            "role": "reader",
            "email": "ann@example.com",
        }
    ]
    assert found["_links"]["self"]["href"] == FOLLOWERS
    [entry] = list_audit(database, "flag-follower")
    assert (entry.title_verb, entry.actions) == ("created the flag-follower", ["manageFlagFollowers"])
    assert entry.address == "proj/web:env/production;critical:flag/checkout"


def test_putFlagFollower__again__changes_nothing(api: Any, database: Database) -> None:
    follow(api, ANN, ANN)

    assert len(api.get(FOLLOWERS).json()["items"]) == 1
    assert len(list_audit(database, "flag-follower")) == 1


def test_putFlagFollower__other_environment__is_not_meant(api: Any) -> None:
    follow(api, ANN)

    assert api.get(FOLLOWERS.replace("production", "test")).json()["items"] == []


@pytest.mark.parametrize("id", ["ann", "0123456789ABCDEF01234567", ANN + "0", "0123456789abcdef0123456"])
def test_putFlagFollower__no_member_id__answers_400(api: Any, id: str) -> None:
    answer = api.put(f"{FOLLOWERS}/{id}")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


@pytest.mark.parametrize("part", ["web", "checkout", "production"])
def test_followers__unknown_place__answers_404(api: Any, part: str) -> None:
    path = FOLLOWERS.replace(part, "nowhere")

    assert [
        api.get(path).status_code,
        api.put(f"{path}/{ANN}").status_code,
        api.delete(f"{path}/{ANN}").status_code,
    ] == [404, 404, 404]


@pytest.mark.parametrize("part", ["web", "production"])
def test_getFollowersByProjEnv__unknown_place__answers_404(api: Any, part: str) -> None:
    assert api.get(IN_PRODUCTION.replace(part, "nowhere")).status_code == 404


def test_putFlagFollower__reader__decides_for_itself_alone(api: Any) -> None:
    reader = api.as_role("reader")

    assert reader.put(f"{FOLLOWERS}/{ANN}").status_code == 403
    assert reader.put(MINE).status_code == 204
    assert [item["role"] for item in api.get(FOLLOWERS).json()["items"]] == ["owner"]
    follow(api, ANN)
    assert reader.delete(f"{FOLLOWERS}/{ANN}").status_code == 403
    assert reader.delete(MINE).status_code == 204


def test_putFlagFollower__policy_that_only_shows_flags__answers_403(api: Any) -> None:
    flags = ["proj/*", "proj/*:env/*", "proj/*:env/*:flag/*"]
    viewer = narrowed(api, {"effect": "allow", "resources": flags, "actions": ["viewFlag"]})

    assert viewer.get(FOLLOWERS).status_code == 200
    assert viewer.put(MINE).status_code == 403


def test_putFlagFollower__policy_of_one_environment__holds_there_alone(api: Any) -> None:
    flags = ["proj/web:env/production:flag/*"]
    actions = ["viewFlag", "manageFlagFollowers"]
    there = narrowed(api, {"effect": "allow", "resources": flags, "actions": actions})

    assert there.put(f"{FOLLOWERS}/{ANN}").status_code == 204
    assert there.put(f"{FOLLOWERS.replace('production', 'test')}/{ANN}").status_code == 403


def test_deleteFlagFollower__follower__is_gone_and_audited(api: Any, database: Database) -> None:
    follow(api, ANN)

    answer = api.delete(f"{FOLLOWERS}/{ANN}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert api.get(FOLLOWERS).json()["items"] == []
    verbs = [entry.title_verb for entry in list_audit(database, "flag-follower")]
    assert sorted(verbs) == ["created the flag-follower", "deleted the flag-follower"]


def test_deleteFlagFollower__nobody__answers_404(api: Any) -> None:
    assert api.delete(f"{FOLLOWERS}/{ANN}").status_code == 404


def test_getFollowersByProjEnv__several_flags__are_grouped(api: Any) -> None:
    bob = a_member(api, "bob@example.com")
    a_flag(api, "banner")
    a_flag(api, "unfollowed")
    follow(api, ANN, bob)
    follow(api, bob, flag="banner")

    found = api.get(IN_PRODUCTION).json()["items"]

    seen = [(item["flagKey"], [each["_id"] for each in item["followers"]]) for item in found]
    assert seen == [("banner", [bob]), ("checkout", [ANN, bob])]


def test_getFollowersByProjEnv__policy_of_one_flag__hides_the_others(api: Any) -> None:
    a_flag(api, "banner")
    follow(api, ANN)
    follow(api, ANN, flag="banner")
    one = ["proj/web:env/production:flag/banner"]
    viewer = narrowed(api, {"effect": "allow", "resources": one, "actions": ["viewFlag"]})

    assert [item["flagKey"] for item in viewer.get(IN_PRODUCTION).json()["items"]] == ["banner"]


def test_getFollowersByProjEnv__more_flags__needs_no_more_statements(api: Any, database: Database) -> None:
    follow(api, ANN)
    few = count_statements(database, lambda: api.get(IN_PRODUCTION))
    for number in range(10):
        a_flag(api, f"more-{number}")
        follow(api, ANN, flag=f"more-{number}")

    assert count_statements(database, lambda: api.get(IN_PRODUCTION)) == few


def test_followers__flag_deleted__are_gone(api: Any) -> None:
    follow(api, ANN)

    assert api.delete("/api/v2/flags/web/checkout").status_code == 204
    assert api.get(IN_PRODUCTION).json()["items"] == []


def test_putFlagFollower__nobody__answers_404(api: Any) -> None:
    assert api.put(f"{FOLLOWERS}/{'0' * 24}").status_code == 404


def test_followers__member_who_is_gone__is_known_by_the_id(api: Any) -> None:
    follow(api, ANN)
    assert api.delete(f"/api/v2/members/{ANN}").status_code == 204
    [gone] = api.get(FOLLOWERS).json()["items"]
    assert (gone["_id"], gone["email"], gone["_links"]) == (ANN, "", {})

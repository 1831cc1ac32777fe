"""Lists of flags narrowed and sorted by what lies beyond their own columns."""

from typing import Any

import pytest

from areas.flags.seeds import FLAGS, a_flag, a_project, instructed
from daybreak.areas.flags.evaluation_counts.model import FlagUse
from daybreak.areas.flags.intake import count_evaluations
from daybreak.platform.clock import DAY, FixedClock
from daybreak.platform.database import Database


@pytest.fixture
def flags(api: Any, database: Database, clock: FixedClock) -> None:
    """`a` is evaluated in production, by the till for users and organizations; `b` in test; `c` nowhere."""
    a_project(api)
    everywhere = {"usingEnvironmentId": True, "usingMobileKey": True}
    a_flag(api, "a", tags=["x"], clientSideAvailability=everywhere)
    clock.advance(1_000)
    browsers = {"usingEnvironmentId": True, "usingMobileKey": False}
    a_flag(api, "b", tags=["b"], clientSideAvailability=browsers)
    clock.advance(1_000)
    nowhere = {"usingEnvironmentId": False, "usingMobileKey": False}
    a_flag(api, "c", tags=["a"], clientSideAvailability=nowhere)
    ids = {
        key: api.get(f"/api/v2/projects/web/environments/{key}").json()["_id"]
        for key in ("production", "test")
    }
    uses = {
        (ids["production"], "a"): FlagUse({(0, 0): 1}, {"user", "organization"}, {("till", "1")}),
        (ids["test"], "b"): FlagUse({(0, 0): 1}, {"user"}),
    }
    with database.writing() as db:
        count_evaluations(db, uses, clock.now())


def keys(api: Any, **query: str) -> str:
    response = api.get(FLAGS, **({"sort": "key"} | query))
    assert response.status_code == 200, response.text
    assert response.json()["totalCount"] == len(response.json()["items"])
    return "".join(item["key"] for item in response.json()["items"])


@pytest.mark.usefixtures("flags")
def test_filter__evaluated__looks_at_one_environment(api: Any, clock: FixedClock) -> None:
    recent = f'evaluated:{{"after":{clock.now() - 1}}}'
    assert keys(api, filter=f"{recent},filterEnv:production") == "a"
    assert keys(api, filter=f"{recent},filterEnv:test") == "b"
    later = f'evaluated:{{"after":{clock.now()}}}'
    assert keys(api, filter=f"filterEnv:test,{later}") == ""
    for wrong in (recent, "evaluated:yesterday,filterEnv:test", f"{recent},filterEnv:nowhere"):
        assert api.get(FLAGS, filter=wrong).status_code == 400


@pytest.mark.usefixtures("flags")
def test_filter__application_and_kinds__find_what_sdks_told(api: Any, clock: FixedClock) -> None:
    assert keys(api, filter="applicationEvaluated:till") == "a"
    assert keys(api, filter="applicationEvaluated:till,filterEnv:test") == ""
    assert keys(api, filter="contextKindsEvaluated:user") == "ab"
    assert keys(api, filter="contextKindsEvaluated:user+organization") == "a"
    assert keys(api, filter="contextKindsEvaluated:user,filterEnv:test") == "b"
    clock.advance(31 * DAY)
    assert keys(api, filter="contextKindsEvaluated:user") == ""


@pytest.mark.usefixtures("flags")
@pytest.mark.parametrize(
    ("sdks", "found"), [("client", "ab"), ("mobile", "a"), ("anyClient", "ab"), ("server", "c")]
)
def test_filter__availability__tells_sdks_apart(api: Any, sdks: str, found: str) -> None:
    assert keys(api, filter=f"sdkAvailability:{sdks}") == found


@pytest.mark.usefixtures("flags")
def test_filter__age_and_state__narrow(api: Any, clock: FixedClock) -> None:
    assert keys(api, filter=f'creationDate:{{"before":{clock.now()}}}') == "ab"
    assert keys(api, filter=f'creationDate:{{"after":{clock.now() - 1}}}') == "c"
    instructed(api, {"kind": "archiveFlag"}, key="c")
    assert keys(api, filter="archived:true") == "c"
    assert keys(api, filter="archived:false") == "ab"


@pytest.mark.usefixtures("flags")
def test_filter__what_there_is_not__finds_none(api: Any) -> None:
    assert keys(api, filter="hasExperiment:true") == ""
    assert keys(api, filter="hasExperiment:false") == "abc"
    assert keys(api, filter="guardedRollout:any") == ""
    assert keys(api, filter="releasePipeline:usual") == ""


@pytest.mark.usefixtures("flags")
@pytest.mark.parametrize(
    "wrong",
    ["sdkAvailability:nobody", "hasExperiment:2", "guardedRollout:x", "archived:x", "creationDate:{}x"],
)
def test_filter__nonsense__is_refused(api: Any, wrong: str) -> None:
    assert api.get(FLAGS, filter=wrong).status_code == 400


@pytest.mark.usefixtures("flags")
def test_sort__by_tags_or_last_change_of_targeting__orders(api: Any, clock: FixedClock) -> None:
    assert keys(api, sort="tags") == "cba"
    clock.advance(1_000)
    instructed(api, {"kind": "turnFlagOn"}, key="b")
    assert keys(api, sort="-targetingModifiedDate", env="production") == "bca"
    assert keys(api, sort="-targetingModifiedDate", env="test") == "cba"
    assert api.get(FLAGS, sort="targetingModifiedDate").status_code == 400

"""Flag events: what is asked is checked, and handed to whoever keeps flags."""

from typing import Any

import pytest

from areas.insights.seeds import INSIGHTS, NOW, a_project, for_another_project
from daybreak.areas.insights.flag_events.operations import FoundFlagEvents, Question
from daybreak.areas.insights.flag_events.representation import FlagEventImpactShape, FlagEventShape
from daybreak.areas.insights.flag_events.routes import routes
from daybreak.platform.clock import DAY, HOUR
from daybreak.rest.call import Call, Page
from daybreak.rest.cursors import Cursor
from daybreak.rest.parsing import parse_query

FLAG_EVENTS = f"{INSIGHTS}/flag-events"


def list_flag_events(api: Any, **parameters: Any) -> Any:
    return api.get(FLAG_EVENTS, **({"projectKey": "web", "environmentKey": "production"} | parameters))


def test_getFlagEvents__no_flags__answers_an_empty_page(api: Any) -> None:
    a_project(api)
    everything = {
        "applicationKey": "a,b",
        "query": "dark",
        "impactSize": "small",
        "hasExperiments": "true",
        "global": "exclude",
        "expand": "experiments",
        "limit": 100,
        "from": NOW - DAY,
        "to": NOW,
    }
    for parameters in ({}, everything):
        page = list_flag_events(api, **parameters).json()
        assert (page["items"], page["totalCount"]) == ([], 0)


INVALID_QUERIES: list[dict[str, Any]] = [
    {"impactSize": "huge"},
    {"hasExperiments": "perhaps"},
    {"global": "only"},
    {"expand": "owners"},
    {"limit": 0},
    {"limit": 101},
    {"from": NOW, "to": NOW - 1},
    {"after": "?"},
    {"projectKey": ""},
    {"environmentKey": ""},
]


def test_getFlagEvents__invalid_parameters__are_refused(api: Any) -> None:
    a_project(api)
    for parameters in INVALID_QUERIES:
        assert list_flag_events(api, **parameters).status_code == 400, parameters


def test_getFlagEvents__unknown_place_or_nobody__is_refused(api: Any) -> None:
    a_project(api)
    assert list_flag_events(api, projectKey="nowhere").status_code == 404
    assert list_flag_events(api, environmentKey="nowhere").status_code == 404
    assert list_flag_events(api.as_nobody()).status_code == 401
    assert list_flag_events(for_another_project(api)).status_code == 403


@pytest.mark.parametrize("given", ["true", "false"])
def test_getFlagEvents__somebody_keeps_flags__is_asked_what_the_caller_asked(
    api: Any, call_as_admin: Any, given: str
) -> None:
    a_project(api)
    asked: list[Question] = []
    shown = FlagEventShape(
        id="e1",
        project_id="p",
        project_key="web",
        environment_id="e",
        environment_key="production",
        flag_key="dark-mode",
        event_type="updateOn",
        event_time=NOW,
        description="turned on",
        impact=FlagEventImpactShape(size="small", percentage=12.5),
    )

    def flag_events(call: Call, question: Question) -> FoundFlagEvents:
        asked.append(question)
        return FoundFlagEvents([shown], 40, later=Cursor(NOW, "e1"))

    [route] = routes(flag_events)
    text = f"projectKey=web&environmentKey=production&query=dark&hasExperiments={given}&global=exclude"
    query = parse_query(
        f"{text}&applicationKey=a,b&impactSize=large&expand=experiments&to={NOW}", route.query
    )
    with call_as_admin() as call:
        page = route.run(call, query=query)
    assert isinstance(page, Page)
    assert (page.items, page.total_count) == ([shown], 40)
    assert f"after={Cursor(NOW, 'e1')}" in page.links["next"]
    assert f"hasExperiments={given}" in page.links["next"]
    assert "applicationKey=a%2Cb" in page.links["next"]
    [question] = asked
    assert (question.environment.key, question.flag_key_part) == ("production", "dark")
    assert (question.window.start, question.window.end) == (NOW - 7 * 24 * HOUR, NOW)
    assert question.application_keys == ("a", "b")
    assert question.impact_size == "large"
    assert question.has_experiments is (given == "true")
    assert not question.includes_global
    assert question.with_experiments

"""A small history whose scores can be computed by hand, and ways to ask for scores."""

from typing import Any

from areas.insights.seeds import INSIGHTS, NOW, a_project, tell
from daybreak.platform.clock import DAY, HOUR

SCORES = f"{INSIGHTS}/insights/scores"

# The last full hour, where scores end.
END = NOW - HOUR // 2

# Days before END, version, and how the deployment of `checkout` to `web` / `production` ended.
HISTORY = (
    (60, "0.1", "finished"),
    (50, "0.9", "finished"),
    (40, "0.10", "failed"),
    (20, "1.0", "finished"),
    (15, "1.1", "finished"),
    (10, "1.2", "failed"),
    (9, "1.3", "finished"),
    (8, "1.3", "finished"),
    (5, "1.1", "finished"),  # a rollback, so the second 1.3 has failed
    (2, "1.4", "finished"),
)


def a_history(api: Any, application: str = "checkout") -> dict[int, str]:
    """The ids of the deployments of HISTORY, by days before END."""
    a_project(api)
    return {
        days: tell(
            api, applicationKey=application, version=version, eventType=event, eventTime=END - days * DAY
        )
        for days, version, event in HISTORY
    }


def read_scores(api: Any, **query: Any) -> Any:
    return api.get(SCORES, **({"projectKey": "web", "environmentKey": "production"} | query))


def scores_of(api: Any, **query: Any) -> dict[str, Any]:
    response = read_scores(api, **query)
    assert response.status_code == 200, response.text
    scores: dict[str, Any] = response.json()["scores"]
    return scores


def explanations_of(api: Any, **query: Any) -> dict[str, Any]:
    response = read_scores(api, expand="explanation", **query)
    assert response.status_code == 200, response.text
    answer = response.json()
    explained: dict[str, Any] = answer["explanation"] | answer["additionalMetrics"]
    return explained


def shown(scores: dict[str, Any]) -> dict[str, int]:
    """The scores that there are."""
    gaps = {"notCalculated", "unknown"}
    return {name: each["score"] for name, each in scores.items() if each["indicator"] not in gaps}

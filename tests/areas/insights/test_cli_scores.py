"""`daybreak scores`: the table in the terminal."""

from fractions import Fraction
from typing import Any

import pytest
from click.testing import CliRunner, Result

from areas.insights.score_seeds import END, a_history
from areas.insights.seeds import a_project
from daybreak.cli.main import main
from daybreak.cli.scores import describe_duration
from daybreak.platform.clock import DAY, HOUR, MINUTE


@pytest.fixture
def scores(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the command in a wide terminal."""
    monkeypatch.setenv("COLUMNS", "140")

    def run(*options: str) -> Result:
        scope = ("--project", "web", "--environment", "production", "--database", database_url)
        return CliRunner().invoke(main, ["scores", *scope, *options])

    return run


def line(result: Result, name: str) -> str:
    [found] = [text for text in result.output.splitlines() if f" {name} " in text]
    return " ".join(word for word in found.split() if word not in {"│", "┃", "|"})


def test_scores__a_history__shows_each_score_with_its_value(api: Any, scores: Any) -> None:
    a_history(api)

    result = scores("--to", str(END))

    assert result.exit_code == 0, result.output
    assert "web / production" in result.output
    assert "2026-06-03 12:00 to 2026-07-01 12:00 UTC" in result.output
    assert line(result, "Overall") == "Overall 56 fair +28"
    assert line(result, "Deployment frequency") == "Deployment frequency 70 good +30 1.00 a week 4"
    assert line(result, "Deployment failure rate") == "Deployment failure rate 42 fair +26 28.6 % 7"
    assert line(result, "Lead time").startswith("Lead time - not calculated no change was first deployed")


def test_scores__nothing_deployed__gives_the_reasons(api: Any, scores: Any) -> None:
    a_project(api)

    result = scores("--to", str(END))

    assert result.exit_code == 0, result.output
    assert line(result, "Overall") == "Overall - not calculated none of its parts has a score"


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--project", "none"), 1, "Error: Invalid resource identifier"),
        (("--environment", "none"), 1, "Error: Invalid resource identifier"),
        (("--to", "-1"), 2, "Error: Invalid value for '--to'"),
        (("--to", "soon"), 2, "Error: Invalid value for '--to'"),
    ],
)
def test_scores__senseless_option__is_one_line_of_error(
    api: Any, scores: Any, options: tuple[str, ...], code: int, message: str
) -> None:
    a_project(api)

    result = scores(*options)

    assert result.exit_code == code
    assert message in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, "0 minutes"),
        (89 * MINUTE, "89 minutes"),
        (90 * MINUTE, "1.5 hours"),
        (35 * HOUR, "35.0 hours"),
        (36 * HOUR, "1.5 days"),
        (10 * DAY, "10.0 days"),
    ],
)
def test_describe_duration__any__takes_the_largest_fitting_unit(milliseconds: int, text: str) -> None:
    assert describe_duration(Fraction(milliseconds)) == text

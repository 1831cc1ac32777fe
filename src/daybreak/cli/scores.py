"""`daybreak scores`: a readable table of an environment's scores."""

from datetime import UTC, datetime
from fractions import Fraction

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from daybreak.areas.insights.queries import environment_scores
from daybreak.cli.program import open_program
from daybreak.logic.scoring.explanation import Explanation
from daybreak.logic.scoring.grades import Unit
from daybreak.logic.scoring.model import Indicator, Metric, Period, Score
from daybreak.platform.clock import DAY, HOUR, MINUTE

# Each pillar with what it is made of below it.
ROWS = (
    (Metric.OVERALL, "Overall", 0),
    (Metric.VELOCITY, "Velocity", 1),
    (Metric.DEPLOYMENT_FREQUENCY, "Deployment frequency", 2),
    (Metric.LEAD_TIME, "Lead time", 2),
    (Metric.RISK, "Risk", 1),
    (Metric.DEPLOYMENT_FAILURE_RATE, "Deployment failure rate", 2),
    (Metric.IMPACT_SIZE, "Impact size", 2),
    (Metric.EFFICIENCY, "Efficiency", 1),
    (Metric.FLAG_HEALTH, "Flag health", 2),
    (Metric.EXPERIMENTATION_COVERAGE, "Experimentation coverage", 2),
    (Metric.CREATION_RATIO, "Creation ratio", 0),
)
WORDS = {
    Indicator.EXCELLENT: ("excellent", "bold green"),
    Indicator.GOOD: ("good", "green"),
    Indicator.FAIR: ("fair", "yellow"),
    Indicator.NEEDS_ATTENTION: ("needs attention", "red"),
    Indicator.NOT_CALCULATED: ("not calculated", "dim"),
    Indicator.UNKNOWN: ("unknown", "dim"),
}


@click.command()
@click.option("--project", required=True, help="The project's key.")
@click.option("--environment", required=True, help="The environment's key.")
@click.option("--to", type=click.IntRange(min=0), help="Unix ms: the scores as they were then.")
@click.option("--database", help="sqlite:///FILE or postgresql://…")
def scores(project: str, environment: str, to: int | None, database: str | None) -> None:
    """Show how well an environment is delivered to: the last four weeks against the four before."""
    with open_program(database) as program, program.database.reading() as db:
        at = program.clock.now() if to is None else to
        scored = environment_scores(db, project, environment, at)
    table = Table(title=f"{project} / {environment}: {_describe(scored.period)}", title_justify="left")
    for heading in ("", "score", "", "change", "value", "from"):
        table.add_column(heading, justify="right" if heading in {"score", "change", "from"} else "left")
    for metric, name, depth in ROWS:
        score, explanation = scored.card.scores[metric], scored.card.explanations[metric]
        table.add_row("  " * depth + name, *_cells(score, explanation))
    Console().print(table)


def _cells(score: Score, explanation: Explanation) -> tuple[str | Text, ...]:
    word, style = WORDS[score.indicator]
    change = score.diff_vs_last_period
    raw = "" if explanation.raw is None or explanation.unit is Unit.POINTS else _value(explanation)
    return (
        Text(str(score.score) if score.indicator.has_score else "-", style),
        Text(word, style),
        "" if change is None else f"{change:+d}",
        Text(str(explanation.reason), "dim") if explanation.reason else raw,
        str(explanation.sample_size) if explanation.anchors and explanation.sample_size else "",
    )


def _value(explanation: Explanation) -> str:
    raw = explanation.raw
    assert raw is not None
    if explanation.unit is Unit.MILLISECONDS:
        return describe_duration(raw)
    if explanation.unit is Unit.PERCENT:
        return f"{float(raw):.1f} %"
    if explanation.unit is Unit.PER_DAY:
        return f"{float(raw):.2f} a day" if raw >= 1 else f"{float(raw * 7):.2f} a week"
    return f"{float(raw):.2f}"


def describe_duration(milliseconds: Fraction) -> str:
    """In the largest unit of which there is more than one and a half: `3.2 days`."""
    for unit, name in ((DAY, "days"), (HOUR, "hours")):
        if milliseconds >= unit * 3 / 2:
            return f"{float(milliseconds / unit):.1f} {name}"
    return f"{float(milliseconds / MINUTE):.0f} minutes"


def _describe(period: Period) -> str:
    first, last = (datetime.fromtimestamp(t / 1000, UTC) for t in (period.start, period.end))
    return f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC"

"""Prints the table of all metrics, as docs/watching.md has it.

python scripts/table_of_metrics.py
"""

import sys
from collections.abc import Iterable, Iterator
from tempfile import TemporaryDirectory

from daybreak.app import build
from daybreak.platform.clock import Clock, SystemClock
from daybreak.platform.database import Database
from daybreak.platform.metrics.exposition import Family, read_families
from daybreak.platform.metrics.process import Metrics
from daybreak.platform.schema import migrate
from daybreak.settings import Settings


def main() -> None:
    sys.stdout.write("\n".join(list_lines(list_families(SystemClock()))) + "\n")


def list_families(clock: Clock) -> list[Family]:
    """All that a server shows, after everything has happened once: what has labels shows which."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/daybreak.db")
        migrate(database)
        app = build(Settings(database_url=database.url, data_directory=folder), database, clock)
        happen(app.observation.metrics)
        families = [*read_families(app.observation.metrics.registry), *app.metrics.standing.ask()]
        database.close()
    return families


def happen(metrics: Metrics) -> None:
    metrics.requests.answered("api", "getProjects", 200, 0.01)
    metrics.requests.refused("api")
    metrics.requests.limited("api", "getProjects")
    metrics.streams.opened("server")
    metrics.events.taken(1)
    with metrics.job("send mail") as ran:
        ran()


def list_lines(families: Iterable[Family]) -> Iterator[str]:
    """As Markdown, by name. What Prometheus adds to a name is there: `_total` of counters."""
    yield "| metric | kind | labels | meaning |"
    yield "|---|---|---|---|"
    for family in sorted(families, key=lambda family: family.name):
        name = f"{family.name}_total" if family.kind == "counter" else family.name
        labels = " ".join(f"`{label}`" for label in labels_of(family))
        yield f"| `{name}` | {family.kind} | {labels} | {family.meaning} |"


def labels_of(family: Family) -> list[str]:
    """Without the one that names a bucket."""
    return sorted({label for _, labels in family.samples for label, _ in labels} - {"le"})


if __name__ == "__main__":
    main()

"""The dashboard, the alerts and the table of metrics speak of what the server shows, and of all of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # its types are a package of their own

from daybreak.platform.clock import SystemClock
from daybreak.platform.metrics.exposition import Family
from scripts.table_of_metrics import labels_of, list_families, list_lines

ROOT = Path(__file__).parents[2]
DASHBOARD = ROOT / "deploy" / "grafana" / "daybreak.json"
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yaml"
DOCUMENT = ROOT / "docs" / "watching.md"

# Prometheus adds them to whatever it reads.
ADDED = {"job", "instance"}
COLUMNS = 24

METRIC = re.compile(r"\b(?:daybreak|process)_\w+")
SELECTOR = re.compile(r"\b((?:daybreak|process)_\w+)\{([^}]*)\}")
GROUPING = re.compile(r"\b(?:by|on|ignoring) \(([^)]*)\)")
LABEL = re.compile(r"(\w+)\s*=~?")


@pytest.fixture(scope="module")
def families() -> list[Family]:
    return list_families(SystemClock())


def shown(families: list[Family]) -> dict[str, set[str]]:
    """Of each name that a query may have its labels."""
    found = {}
    for family in families:
        endings = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}.get(family.kind, [""])
        for ending in endings:
            labels = set(labels_of(family)) | ADDED
            found[family.name + ending] = labels | {"le"} if ending == "_bucket" else labels
    return found


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(DASHBOARD.read_text())["panels"]
    return found


def rules() -> list[dict[str, Any]]:
    [group] = yaml.safe_load(ALERTS.read_text())["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def queries() -> Iterator[str]:
    for panel in panels():
        yield from (target["expr"] for target in panel.get("targets", ()))
    yield from (rule["expr"] for rule in rules())
    for variable in json.loads(DASHBOARD.read_text())["templating"]["list"]:
        if variable["type"] == "query":
            yield variable["query"]["query"]


def faults_of(query: str, known: dict[str, set[str]]) -> list[str]:
    """What a query names that is not shown."""
    names = set(METRIC.findall(query))
    faults = [name for name in names if name not in known]
    labels = {label.strip() for group in GROUPING.findall(query) for label in group.split(",")}
    possible = {"le"}.union(*(known.get(name, set()) for name in names))
    faults += sorted(labels - possible)
    for name, selector in SELECTOR.findall(query):
        faults += sorted(set(LABEL.findall(selector)) - known.get(name, set()))
    return faults


@pytest.mark.parametrize("query", list(queries()))
def test_queries__dashboard_and_alerts__name_what_is_shown(query: str, families: list[Family]) -> None:
    assert METRIC.search(query)
    assert faults_of(query, shown(families)) == []


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("sum(rate(daybreak_request_total[5m]))", "daybreak_request_total"),
        ('daybreak_requests_total{opration="x"}', "opration"),
        ("sum by (key) (daybreak_requests_total)", "key"),
        ("daybreak_stream_delay_seconds", "daybreak_stream_delay_seconds"),
    ],
)
def test_queries__of_what_is_not_shown__are_found(query: str, fault: str, families: list[Family]) -> None:
    assert faults_of(query, shown(families)) == [fault]


def test_dashboard__panels__have_the_shape_that_grafana_imports() -> None:
    dashboard = json.loads(DASHBOARD.read_text())
    assert {"title", "uid", "schemaVersion", "panels", "templating", "time"} <= dashboard.keys()
    ids = [panel["id"] for panel in panels()]
    assert len(ids) == len(set(ids))
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= COLUMNS
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not cells & taken, panel["title"]
        taken |= cells
        if panel["type"] == "row":
            continue
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
        assert [target["refId"] for target in panel["targets"]] == ["A", "B", "C"][: len(panel["targets"])]
        assert panel["fieldConfig"]["defaults"]["unit"]
        # A line that says what is seen, not what it is called.
        assert panel["description"].endswith(".")
        assert "\n" not in panel["description"]
    variables = [variable["name"] for variable in dashboard["templating"]["list"]]
    assert variables == ["datasource", "job", "instance"]


def test_dashboard__every_metric__is_seen_somewhere(families: list[Family]) -> None:
    seen = {name for query in queries() for name in METRIC.findall(query)}
    # When a process began, and what it has reserved, says little.
    left_out = {"process_start_time_seconds", "process_virtual_memory_bytes"}
    endings = ("", "_total", "_bucket")
    unseen = [
        family.name
        for family in families
        if not seen & {family.name + ending for ending in endings} and family.name not in left_out
    ]
    assert unseen == []


def test_alerts__rules__say_what_is_wrong_and_what_to_do() -> None:
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names))
    for rule in rules():
        assert rule["alert"].startswith("Daybreak")
        assert rule["labels"]["severity"] in {"page", "look"}
        assert all(rule["annotations"][part].endswith((".", "?")) for part in ("summary", "description"))
        used = set(re.findall(r"\$labels\.(\w+)", json.dumps(rule["annotations"], ensure_ascii=False)))
        grouped = {label.strip() for group in GROUPING.findall(rule["expr"]) for label in group.split(",")}
        assert used <= grouped | (ADDED if not grouped else set())


def test_table_of_metrics__documentation__is_as_they_are_declared(families: list[Family]) -> None:
    table = "\n".join(list_lines(families))
    assert table in DOCUMENT.read_text(), "write it again with: python scripts/table_of_metrics.py"


def test_documentation__alerts__are_all_explained() -> None:
    text = DOCUMENT.read_text()
    assert [rule["alert"] for rule in rules() if f"`{rule['alert']}`" not in text] == []


def test_metrics__names_and_meanings__follow_the_rules(families: list[Family]) -> None:
    for family in families:
        assert re.fullmatch(r"(daybreak|process)(_[a-z]+)+", family.name)
        assert family.meaning.endswith(".")
        if family.kind == "histogram":
            assert family.name.endswith("_seconds")

"""What became of an account: a table and the notes for people, the same as JSON for programs."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from daybreak.cli.launchdarkly.run import Checked
from daybreak.rest.findings import Findings, Note, Outcome

# As many as fit a line. The file has them all.
KEYS_SHOWN: Final = 3
LONGEST_KEY: Final = 40


def as_json(source: str, findings: Findings, checked: Checked) -> dict[str, Any]:
    return {
        "source": source,
        "counts": findings.counts,
        "checked": {"environments": checked.environments, "servedAlike": checked.alike},
        "notes": [{"kind": note.kind, "key": note.key, "reason": note.reason} for note in findings.notes],
    }


def print_report(console: Console, findings: Findings, checked: Checked) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for outcome in Outcome:
        table.add_column(outcome.value, justify="right")
    for kind, counts in findings.counts.items():
        table.add_row(kind, *(str(counts.get(outcome.value, 0)) for outcome in Outcome))
    console.print(table)
    console.print(
        f"Compared in {checked.environments} environments as SDKs see them: "
        f"{checked.alike} flags and segments are served as they are there.",
        soft_wrap=True,
    )
    if findings.notes:
        console.print("\nWhat did not come, or is not as it was:", highlight=False)
    for line in _lines(findings.notes):
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _lines(notes: Sequence[Note]) -> list[str]:
    """A line for all that have the same reason."""
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    kinds: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        if note.key:
            grouped[note.kind, note.reason].append(note.key)
        else:
            kinds[note.reason].append(note.kind)
    of_some = [f"- {_subject(kind, keys)}: {reason}" for (kind, reason), keys in grouped.items()]
    return of_some + [f"- {', '.join(named)}: {reason}" for reason, named in kinds.items()]


def _subject(kind: str, keys: Sequence[str]) -> str:
    named = [key if len(key) <= LONGEST_KEY else f"{key[:LONGEST_KEY]}…" for key in dict.fromkeys(keys)]
    more = f" and {len(named) - KEYS_SHOWN} more" if len(named) > KEYS_SHOWN else ""
    return f"{kind} {', '.join(named[:KEYS_SHOWN])}{more}"

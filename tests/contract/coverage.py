"""How much of the contract is implemented, by group: `python tests/contract/coverage.py`.

The contract is `operations.tsv`, one line per operation of the API; what is implemented is read from the
table of routes. A route counts when method, path and operationId are those of the contract.
"""

import csv
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from daybreak.app import list_routes
from daybreak.platform.database import Database
from daybreak.platform.mail import Mail
from daybreak.rest.routing import Route
from daybreak.settings import Settings

OPERATIONS = Path(__file__).parent / "operations.tsv"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the contract."""

    group: str
    method: str
    path: str
    id: str


@cache
def read_operations() -> tuple[Operation, ...]:
    with OPERATIONS.open(newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return tuple(Operation(row["group"], row["method"], row["path"], row["operationId"]) for row in rows)


@cache
def all_routes() -> tuple[Route, ...]:
    """The program's routes. The database is never opened: only their declarations are looked at."""
    return tuple(list_routes(Settings(), Database("sqlite:///nowhere"), Mail("", "")))


def shape(path: str) -> str:
    """A path without the names of its parameters, which callers never see."""
    return re.sub(r"\{[^/]+\}", "{}", path)


def is_implemented(operation: Operation, routes: Iterable[Route]) -> bool:
    return any(
        (route.operation, route.method, shape(route.path))
        == (operation.id, operation.method, shape(operation.path))
        for route in routes
    )


def implemented_operations() -> list[Operation]:
    return [operation for operation in read_operations() if is_implemented(operation, all_routes())]


def report(operations: Sequence[Operation], routes: Sequence[Route]) -> list[str]:
    """The lines that are printed: the sum, then each group with what it lacks."""
    done = {operation.id for operation in operations if is_implemented(operation, routes)}
    lines = [f"{len(done)} / {len(operations)}", ""]
    groups: dict[str, list[str]] = {}
    for operation in operations:
        groups.setdefault(operation.group, []).append(operation.id)
    for group, ids in sorted(groups.items(), key=lambda entry: entry[0].lower()):
        missing = [id for id in ids if id not in done]
        lines.append(f"{len(ids) - len(missing):3} / {len(ids):3}  {group}")
        lines += [f"             - {id}" for id in missing]
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(report(read_operations(), all_routes())) + "\n")

"""One doorway per effect: time, dialect, commit, SQL and URLs each have their own place."""

import ast
from collections.abc import Callable, Iterable, Sequence

import pytest

from architecture.sources import Source, list_product, list_strings, source

CLOCK = "src/daybreak/platform/clock.py"
DIALECT = "src/daybreak/platform/dialect.py"
SPELLED = {"src/daybreak/platform/expressions.py", "src/daybreak/platform/spreading.py"}
DATABASE = "src/daybreak/platform/database.py"

TIME_FUNCTIONS = {
    "time",
    "time_ns",
    "monotonic",
    "monotonic_ns",
    "perf_counter",
    "perf_counter_ns",
    "localtime",
    "gmtime",
}
DATE_FUNCTIONS = {"now", "utcnow", "today"}
SQL_FUNCTIONS = {"select", "insert", "update", "delete", "text", "union", "union_all", "exists"}

# Where statements are written. An area keeps them in the files named for it; the platform is made of them.
SQL_FILES = {"store.py", "conditions.py", "queries.py", "intake.py", "expansions.py"}
SQL_FOLDERS = ("src/daybreak/platform", "src/daybreak/areas/insights/facts")

# Where addresses are written. A representation names the addresses in its `_links`.
ADDRESS_FILES = {"routes.py", "resource.py", "links.py", "representation.py"}

Rule = Callable[[Iterable[Source]], list[str]]


def _called(node: ast.AST) -> tuple[str, str]:
    """What is called, as (owner, name): `time.time()` is ("time", "time"), `now()` is ("", "now")."""
    if not isinstance(node, ast.Call):
        return "", ""
    if isinstance(node.func, ast.Name):
        return "", node.func.id
    if isinstance(node.func, ast.Attribute):
        owner = node.func.value
        name = (
            owner.id
            if isinstance(owner, ast.Name)
            else owner.attr
            if isinstance(owner, ast.Attribute)
            else "?"
        )
        return name, node.func.attr
    return "", ""


def _imported(node: ast.AST, package: str) -> set[str]:
    if isinstance(node, ast.ImportFrom) and node.module and (node.module + ".").startswith(package + "."):
        return {alias.name for alias in node.names}
    return set()


def clocks_read(files: Iterable[Source]) -> list[str]:
    found = []
    for file in files:
        if str(file.path) == CLOCK:
            continue
        for node in ast.walk(file.module):
            owner, name = _called(node)
            reads_date = owner in {"datetime", "date"} and name in DATE_FUNCTIONS
            reads_time = owner == "time" and name in TIME_FUNCTIONS
            if reads_date or reads_time or _imported(node, "time") & TIME_FUNCTIONS:
                found.append(file.at(getattr(node, "lineno", 0), "asks the time; take it from the clock"))
    return found


def dialects_asked(files: Iterable[Source]) -> list[str]:
    return [
        file.at(getattr(node, "lineno", 0), "asks which database this is; that is for platform/dialect.py")
        for file in files
        if str(file.path) != DIALECT
        for node in ast.walk(file.module)
        if (isinstance(node, ast.Attribute) and node.attr == "dialect")
        or _imported(node, "sqlalchemy.dialects")
        or (_imported(node, "sqlalchemy.ext.compiler") and str(file.path) not in SPELLED)
    ]


def transactions_committed(files: Iterable[Source]) -> list[str]:
    """Commits of a connection take no argument; those of a git repository do."""
    return [
        file.at(node.lineno, "commits; that is for platform/database.py")
        for file in files
        if str(file.path) != DATABASE
        for node in ast.walk(file.module)
        if isinstance(node, ast.Call) and _called(node)[1] == "commit" and not (node.args or node.keywords)
    ]


def statements_written(files: Iterable[Source]) -> list[str]:
    found = []
    for file in files:
        if file.path.name in SQL_FILES or file.is_under(*SQL_FOLDERS):
            continue
        for node in ast.walk(file.module):
            owner, name = _called(node)
            names = _imported(node, "sqlalchemy") & SQL_FUNCTIONS
            if names or (owner in {"sqlalchemy", "sql"} and name in SQL_FUNCTIONS):
                found.append(
                    file.at(getattr(node, "lineno", 0), "writes SQL; that is for store.py or queries.py")
                )
    return found


def addresses_written(files: Iterable[Source]) -> list[str]:
    return [
        file.at(line, f"writes the address {text!r}; that is for routes.py or resource.py")
        for file in files
        if file.path.name not in ADDRESS_FILES
        for line, text in list_strings(file)
        if "/api/v2" in text
    ]


RULES: list[Rule] = [
    clocks_read,
    dialects_asked,
    transactions_committed,
    statements_written,
    addresses_written,
]


@pytest.mark.parametrize("rule", RULES)
def test_effects__product__have_one_doorway(rule: Rule, checkout: Sequence[Source]) -> None:
    found = rule(list_product(checkout))
    assert not found, "\n".join(found)


STRAY = "src/daybreak/areas/projects/tags/operations.py"


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (clocks_read, STRAY, "from datetime import UTC, datetime\nat = datetime.now(UTC)\n"),
        (clocks_read, STRAY, "import datetime\nat = datetime.datetime.utcnow()\n"),
        (clocks_read, STRAY, "import datetime\nat = datetime.date.today()\n"),
        (clocks_read, STRAY, "import time\nat = time.time()\n"),
        (clocks_read, STRAY, "from time import monotonic\n"),
        (dialects_asked, STRAY, "if db.connection.dialect.name == 'sqlite':\n    pass\n"),
        (dialects_asked, STRAY, "from sqlalchemy.dialects.postgresql import insert\n"),
        (dialects_asked, STRAY, "from sqlalchemy.ext.compiler import compiles\n"),
        (transactions_committed, STRAY, "db.connection.commit()\n"),
        (statements_written, STRAY, "from sqlalchemy import func, select\n"),
        (statements_written, STRAY, "from sqlalchemy.sql.expression import delete\n"),
        (statements_written, STRAY, "import sqlalchemy\nsqlalchemy.text('SELECT 1')\n"),
        (addresses_written, STRAY, "where = f'/api/v2/tags/{key}'\n"),
    ],
)  # fmt: skip
def test_effects__planted_violation__is_found(rule: Rule, path: str, text: str) -> None:
    assert len(rule([source(path, text)])) == 1


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (clocks_read, CLOCK, "import time\nat = time.time()\n"),
        (clocks_read, STRAY, "import time\ntime.sleep(1)\nat = clock.now()\n"),
        (dialects_asked, DIALECT, "name = engine.dialect.name\n"),
        (dialects_asked, STRAY, "from daybreak.platform import dialect\ndialect.refresh_statistics(db)\n"),
        (transactions_committed, DATABASE, "connection.commit()\n"),
        (transactions_committed, STRAY, "repository.commit('abc')\n"),
        (statements_written, "src/daybreak/areas/people/queries.py", "from sqlalchemy import select\n"),
        (statements_written, STRAY, "from sqlalchemy import ColumnElement\n"),
        (addresses_written, "src/daybreak/areas/projects/tags/routes.py", "ALL = '/api/v2/tags'\n"),
        (addresses_written, STRAY, "def read() -> None:\n    '''Answers /api/v2/tags.'''\n"),
    ],
)  # fmt: skip
def test_effects__right_place_or_other_meaning__is_left_alone(rule: Rule, path: str, text: str) -> None:
    assert rule([source(path, text)]) == []

"""What a file is called, how long it is and how it opens."""

import ast
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath

import pytest

from architecture.sources import CODE, Source, list_product, source

OWN_CODE = ("src", "tests", "bench", "web/src")

MOST_LINES = 400

# Files that are longer, with the length they may not grow beyond. Nothing is added here; lines go down only.
LONG_FILES: dict[str, int] = {}

NAMES_THAT_SAY_NOTHING = {
    "util", "utils", "helper", "helpers", "manager", "managers", "base", "common", "misc", "shared", "stuff",
}  # fmt: skip
ABBREVIATIONS = {"env", "proj", "ff", "cfg"}

# Written by a program, from the OpenAPI document.
GENERATED = {"web/src/api/generated.d.ts"}

# Alembic finds its entry point by this name.
NAMED_BY_OTHERS = {"src/daybreak/platform/migrations/env.py"}

TEST_NAME = re.compile(r"test_[^_].*?[^_]__[^_].*?[^_]__[^_].*")

Rule = Callable[[Iterable[Source]], list[str]]


def _words(name: str) -> set[str]:
    """The parts of `snake_case`, `kebab-case` and `camelCase`."""
    return set(re.split(r"[_\-.]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()))


def _is_own_code(file: Source) -> bool:
    is_own = file.is_under(*OWN_CODE) and str(file.path) not in GENERATED
    return is_own and file.path.suffix in CODE


def names_that_say_nothing(files: Iterable[Source]) -> list[str]:
    banned = NAMES_THAT_SAY_NOTHING | ABBREVIATIONS
    return [
        f"{file.path}: the name {part!r} does not say what is inside"
        for file in files
        if _is_own_code(file) and str(file.path) not in NAMED_BY_OTHERS
        for part in PurePosixPath(file.path).with_suffix("").parts
        if _words(part) & banned
    ]


def files_too_long(files: Iterable[Source], allowed: dict[str, int] | None = None) -> list[str]:
    longest = LONG_FILES if allowed is None else allowed
    lengths = {str(file.path): len(file.text.splitlines()) for file in files if _is_own_code(file)}
    found = [
        f"{path}: {length} lines; split it by idea"
        for path, length in lengths.items()
        if length > longest.get(path, MOST_LINES)
    ]
    found += [
        f"{path}: no longer needs its {length} lines; lower or remove its entry"
        for path, length in longest.items()
        if lengths.get(path, 0) < length
    ]
    return found


def packages_with_content(files: Iterable[Source]) -> list[str]:
    """An `__init__.py` is empty or one docstring; the root also holds the version."""
    found = []
    for file in files:
        if file.path.name != "__init__.py":
            continue
        rest = file.module.body[1:] if ast.get_docstring(file.module) is not None else file.module.body
        if str(file.path) == "src/daybreak/__init__.py":
            rest = [node for node in rest if not _sets_version(node)]
        if rest:
            found.append(file.at(rest[0].lineno, "a package's own file holds nothing but a docstring"))
    return found


def _sets_version(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [
        "__version__"
    ]


def modules_without_opening(files: Iterable[Source]) -> list[str]:
    return [
        f"{file.path}: does not open with what it is for"
        for file in files
        if file.path.name != "__init__.py" and ast.get_docstring(file.module) is None
    ]


def abbreviations(files: Iterable[Source]) -> list[str]:
    """Only what is named here counts: an argument that another library calls `env` keeps its name."""
    found = []
    for file in files:
        for node in ast.walk(file.module):
            name = _name_given(node)
            if _words(name) & ABBREVIATIONS:
                found.append(file.at(getattr(node, "lineno", 0), f"{name!r} is abbreviated"))
    return found


def _name_given(node: ast.AST) -> str:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.name
    if isinstance(node, ast.arg):
        return node.arg
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id
    return ""


def sentences_broken(files: Iterable[Source]) -> list[str]:
    return [
        file.at(node.lineno, f"{node.name} is not test_<operation>__<situation>__<outcome>")
        for file in files
        if file.is_python and file.is_under("tests/areas", "tests/architecture")
        for node in ast.walk(file.module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not TEST_NAME.fullmatch(node.name)
    ]


def _whole_tree(files: Sequence[Source]) -> list[Source]:
    return list(files)


def _own_python(files: Sequence[Source]) -> list[Source]:
    return [file for file in files if file.is_python and file.is_under(*OWN_CODE)]


@pytest.mark.parametrize(
    ("rule", "chosen"),
    [
        (names_that_say_nothing, _whole_tree),
        (files_too_long, _whole_tree),
        (packages_with_content, _own_python),
        (modules_without_opening, _own_python),
        (abbreviations, list_product),
        (sentences_broken, _whole_tree),
    ],
)  # fmt: skip
def test_files__checkout__follow_the_rules(
    rule: Rule, chosen: Callable[[Sequence[Source]], list[Source]], checkout: Sequence[Source]
) -> None:
    found = rule(chosen(checkout))
    assert not found, "\n".join(found)


PLANTED = "src/daybreak/rest/planted.py"


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (names_that_say_nothing, "src/daybreak/rest/page_utils.py", ""),
        (names_that_say_nothing, "src/daybreak/common/pages.py", ""),
        (names_that_say_nothing, "web/src/components/helpers.ts", ""),
        (names_that_say_nothing, "web/src/components/dateUtils.tsx", ""),
        (names_that_say_nothing, "tests/env.py", ""),
        (files_too_long, PLANTED, "x = 1\n" * 401),
        (files_too_long, "web/src/app.tsx", "\n" * 401),
        (packages_with_content, "src/daybreak/rest/__init__.py", "from daybreak.rest.call import Call\n"),
        (packages_with_content, "src/daybreak/rest/__init__.py", '"""Rest."""\n\n__version__ = "1"\n'),
        (packages_with_content, "src/daybreak/__init__.py", '__version__ = "1"\nname = "daybreak"\n'),
        (modules_without_opening, PLANTED, "x = 1\n"),
        (abbreviations, PLANTED, "def read_env() -> None: ...\n"),
        (abbreviations, PLANTED, "def read(proj: str) -> None: ...\n"),
        (abbreviations, PLANTED, "ff = 1\n"),
        (sentences_broken, "tests/areas/flags/test_tags.py", "def test_tags_2(): ...\n"),
        (sentences_broken, "tests/areas/flags/test_tags.py", "def test_tags__empty(): ...\n"),
    ],
)  # fmt: skip
def test_files__planted_violation__is_found(rule: Rule, path: str, text: str) -> None:
    assert len(rule([source(path, text)])) == 1


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (names_that_say_nothing, "src/daybreak/platform/database.py", ""),
        (names_that_say_nothing, "src/daybreak/platform/migrations/env.py", ""),
        (names_that_say_nothing, "web/src/parts/Database.tsx", ""),
        (files_too_long, "web/src/api/generated.d.ts", "\n" * 401),
        (files_too_long, PLANTED, "x = 1\n" * 400),
        (packages_with_content, "src/daybreak/__init__.py", '"""Daybreak."""\n\n__version__ = "1"\n'),
        (packages_with_content, "src/daybreak/rest/__init__.py", ""),
        (abbreviations, PLANTED, "subprocess.run(['git'], env=environment)\n"),
        (sentences_broken, "tests/areas/test_tags.py", "def test_getTags__none__is_empty(): ...\n"),
    ],
)  # fmt: skip
def test_files__within_the_rules__are_left_alone(rule: Rule, path: str, text: str) -> None:
    assert rule([source(path, text)]) == []


def test_files__shorter_than_allowed__must_lower_the_allowance() -> None:
    assert files_too_long([source(PLANTED, "x = 1\n" * 450)], {PLANTED: 450}) == []
    assert len(files_too_long([source(PLANTED, "x = 1\n" * 449)], {PLANTED: 450})) == 1
    assert len(files_too_long([source(PLANTED, "x = 1\n" * 451)], {PLANTED: 450})) == 1

"""What no file may say, and what the documents must."""

import re
from collections.abc import Callable, Iterable, Sequence

import pytest

from architecture.sources import CODE, Source, list_product, list_strings, source

# Taken apart, so that this file can be checked like every other.
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")) + r")\b")
MACHINE_PATH = re.compile(r"(?<![\w.*])/(" + "|".join(("wo" + "rk", "fa" + "rm", "ro" + "ot")) + r")/\w")

VERBATIM = {"LICENSE"}
VARIABLE = re.compile(r"\bDAYBREAK_[A-Z][A-Z_]*[A-Z]\b")

Rule = Callable[[Iterable[Source]], list[str]]


def _is_recorded(file: Source) -> bool:
    """Whether somebody else's words are kept here for tests: payloads, answers, histories."""
    return file.is_under("tests") and file.path.suffix not in CODE


def unfinished_work(files: Iterable[Source]) -> list[str]:
    return [
        file.at(number, f"{match.group(0)}: finish it, or write the issue down where issues are")
        for file in files
        if not _is_recorded(file)
        for number, line in enumerate(file.text.splitlines(), 1)
        if (match := UNFINISHED.search(line))
    ]


def machine_paths(files: Iterable[Source]) -> list[str]:
    return [
        file.at(number, f"{match.group(0)}…: a path of somebody's machine")
        for file in files
        if str(file.path) not in VERBATIM and not _is_recorded(file)
        for number, line in enumerate(file.text.splitlines(), 1)
        if (match := MACHINE_PATH.search(line))
    ]


def addresses_in_locks(files: Iterable[Source]) -> list[str]:
    """A lock pins names, versions and hashes; where to download from is the machine's own setting."""
    found = []
    for file in files:
        is_python_lock = file.path.parent.name == "requirements"
        is_node_lock = file.path.name == "package-lock.json"
        for number, line in enumerate(file.text.splitlines(), 1):
            if (is_python_lock and "://" in line) or (is_node_lock and '"resolved"' in line):
                found.append(file.at(number, "a lock file holds a download address"))
    return found


def variables_undocumented(files: Iterable[Source]) -> list[str]:
    everything = list(files)
    documented = {
        name
        for file in everything
        if file.path.suffix == ".md" and (file.is_under("docs") or str(file.path) == "README.md")
        for name in VARIABLE.findall(file.text)
    }
    return [
        file.at(line, f"{name} is documented neither in README.md nor under docs")
        for file in list_product(everything)
        for line, text in list_strings(file)
        for name in VARIABLE.findall(text)
        if name not in documented
    ]


RULES: list[Rule] = [unfinished_work, machine_paths, addresses_in_locks, variables_undocumented]


@pytest.mark.parametrize("rule", RULES)
def test_contents__checkout__follow_the_rules(rule: Rule, checkout: Sequence[Source]) -> None:
    found = rule(checkout)
    assert not found, "\n".join(found)


def _undocumented() -> list[Source]:
    return [
        source("src/daybreak/settings.py", "name = 'DAYBREAK_DATA_DIR'\nother = 'DAYBREAK_DATABASE_URL'\n"),
        source("README.md", "`DAYBREAK_DATA_DIR` is the folder.\n"),
        source("CHANGELOG.md", "`DAYBREAK_DATABASE_URL` is new.\n"),
    ]


@pytest.mark.parametrize(
    ("rule", "files"),
    [
        (unfinished_work, [source("docs/guide.md", "later: TO" + "DO\n")]),
        (unfinished_work, [source("src/daybreak/app.py", "# FIX" + "ME: slow\n")]),
        (machine_paths, [source("Makefile", "run: ; /wo" + "rk/main/run\n")]),
        (machine_paths, [source("docs/guide.md", "see `/ro" + "ot/notes`\n")]),
        (addresses_in_locks, [source("requirements/run.txt", "click @ https://example.org/click.whl\n")]),
        (addresses_in_locks, [source("web/package-lock.json", '  "resolved": "https://example.org/a.tgz",\n')]),
        (variables_undocumented, _undocumented()),
    ],
)  # fmt: skip
def test_contents__planted_violation__is_found(rule: Rule, files: list[Source]) -> None:
    assert len(rule(files)) == 1


@pytest.mark.parametrize(
    ("rule", "files"),
    [
        (unfinished_work, [source("tests/connectors/push.json", '"TO' + 'DO"')]),
        (machine_paths, [source("docs/guide.md", "example.org/wo" + "rk/page, frame" + "work/x\n")]),
        (addresses_in_locks, [source("web/package-lock.json", '  "url": "https://example.org/sponsor"\n')]),
        (variables_undocumented, _undocumented()[1:]),
    ],
)  # fmt: skip
def test_contents__within_the_rules__are_left_alone(rule: Rule, files: list[Source]) -> None:
    assert rule(files) == []

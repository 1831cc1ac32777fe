"""Every exception from a checker names its code and says why."""

import re
from collections.abc import Callable, Iterable, Sequence

import pytest

from architecture.sources import Source, list_comments, source

TYPE_IGNORE = re.compile(r"#\s*type:\s*ignore(\[[a-z0-9, -]+\])?")
NOQA = re.compile(r"#\s*(?:ruff:\s*)?noqa(:\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*)?")
NO_COVER = re.compile(r"#\s*pragma:\s*no\s*cover()")
REASON = re.compile(r"[^\W\d_]{2,}")

# A list of codes, or a table entry that holds one, in the configuration of ruff and mypy.
RUFF_CODE = re.compile(r'"[A-Z]{1,4}[0-9]*"')
MYPY_LAXITY = re.compile(r"^(ignore_\w+|disable_error_code|disallow_\w+ *= *false|follow_\w+)")

Rule = Callable[[Iterable[Source]], list[str]]


def ignores_without_reason(files: Iterable[Source]) -> list[str]:
    found = []
    for file in files:
        if not file.is_python:
            continue
        for line, comment in list_comments(file):
            directives = [
                match for form in (TYPE_IGNORE, NOQA, NO_COVER) if (match := form.search(comment)) is not None
            ]
            said = comment
            for match in directives:
                said = said.replace(match.group(0), "")
            if any(match.group(1) is None for match in directives):
                found.append(file.at(line, f"{comment!r} does not say which check it silences"))
            elif directives and not REASON.search(said):
                found.append(file.at(line, f"{comment!r} does not say why"))
    return found


def settings_without_reason(files: Iterable[Source]) -> list[str]:
    found = []
    for file in files:
        if file.path.name != "pyproject.toml":
            continue
        table = ""
        for number, line in enumerate(file.text.splitlines(), 1):
            setting, _, reason = line.partition("#")
            if setting.startswith("["):
                table = setting.strip()
            lists_code = (
                table.startswith("[tool.ruff.lint") and "ALL" not in setting and RUFF_CODE.search(setting)
            )
            is_lax = table.startswith(("[tool.mypy", "[[tool.mypy"))
            if (lists_code or (is_lax and MYPY_LAXITY.match(setting))) and not REASON.search(reason):
                found.append(file.at(number, f"{setting.strip()} does not say why"))
    return found


RULES: list[Rule] = [ignores_without_reason, settings_without_reason]


@pytest.mark.parametrize("rule", RULES)
def test_exceptions__checkout__say_why(rule: Rule, checkout: Sequence[Source]) -> None:
    found = rule(checkout)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "comment",
    [
        "# type: ignore",
        "# type: ignore  # the library is wrong",
        "# type: ignore[arg-type]",
        "# type: ignore[arg-type]  # ...",
        "# noqa",
        "# noqa - the signature is given",
        "# noqa: ARG001",
        "# noqa: ARG001, S603",
        "# ruff: noqa",
        "# type: ignore[arg-type]  # noqa: ARG001",
        "# pragma: no cover",
    ],
)
def test_ignores__without_code_or_reason__are_found(comment: str) -> None:
    assert len(ignores_without_reason([source("src/planted.py", f"x = 1  {comment}\n")])) == 1


@pytest.mark.parametrize(
    "comment",
    [
        "# type: ignore[arg-type]  # the library wants invariant lists",
        "# type: ignore[arg-type, misc]  # noqa: ARG001 - the signature is given",
        "# noqa: ARG001 - the signature is given",
        "# noqa: ARG001, S603 - the signature is given",
        "# a word about type checking",
    ],
)
def test_ignores__with_code_and_reason__are_left_alone(comment: str) -> None:
    assert ignores_without_reason([source("src/planted.py", f"x = '# noqa'  {comment}\n")]) == []


@pytest.mark.parametrize(
    "text",
    [
        '[tool.ruff.lint]\nignore = [\n    "D1",\n]\n',
        '[tool.ruff.lint.per-file-ignores]\n"tests/**" = ["S"]\n',
        "[[tool.mypy.overrides]]\nignore_missing_imports = true\n",
        "[tool.mypy]\ndisallow_untyped_defs = false\n",
    ],
)
def test_settings__without_reason__are_found(text: str) -> None:
    assert len(settings_without_reason([source("pyproject.toml", text)])) == 1


def test_settings__with_reason__are_left_alone() -> None:
    text = """
[tool.ruff.lint]
select = ["ALL"]
ignore = [
    "D1",  # names say what
]
[tool.mypy]
strict = true
[tool.pytest.ini_options]
addopts = ["-q"]
"""
    assert settings_without_reason([source("pyproject.toml", text)]) == []

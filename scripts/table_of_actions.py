"""Prints the table of what every operation needs to be allowed, as docs/actions.md has it.

python scripts/table_of_actions.py > docs/actions.md
"""

import sys
from collections.abc import Iterable

from daybreak.app import list_routes
from daybreak.platform.database import Database
from daybreak.platform.mail import Mail
from daybreak.rest.routing import Route
from daybreak.settings import Settings

INTRODUCTION = """\
# Actions and resources

What a policy must allow for each operation of the API. A statement names actions from the third column and
resources that the fourth column covers: `proj/*:env/*:flag/*` stands for `proj/shop:env/*:flag/dark-*` too.
Whoever changes something must also be allowed to view it. Where several actions are listed, those are needed
that the request makes use of. [Roles](roles.md) tells how policies are written.
`make actions` writes this page.
"""


def main() -> None:
    # The database is never opened: only what is declared is looked at.
    routes = list_routes(Settings(), Database("sqlite:///nowhere"), Mail("", ""))
    sys.stdout.write("\n".join(_lines([route for route in routes if route.documented])) + "\n")


def _lines(routes: Iterable[Route]) -> list[str]:
    lines = [INTRODUCTION]
    by_tag: dict[str, list[Route]] = {}
    for route in routes:
        by_tag.setdefault(route.tag, []).append(route)
    for tag, its in sorted(by_tag.items()):
        lines += [f"## {tag}", "", "| operation | request | actions | resources |", "|---|---|---|---|"]
        lines += [_line(route) for route in its]
        lines.append("")
    return lines[:-1]


def _line(route: Route) -> str:
    needed = "none: open to everybody" if route.public else "none: every token will do"
    actions = _each(route.action.split()) if route.action else needed
    resources = _each(route.specifier.split())
    return f"| {route.operation} | `{route.method} {route.path}` | {actions} | {resources} |"


def _each(words: Iterable[str]) -> str:
    return " ".join(f"`{word}`" for word in words)


if __name__ == "__main__":
    main()

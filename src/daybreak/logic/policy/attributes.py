"""Role attributes: a role may say `proj/${roleAttribute/project}:env/*`, and who holds it says which projects
these are. A statement is filled in before it is parsed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final

from daybreak.logic.policy.wildcard import ANYTHING

Attributes = Mapping[str, Sequence[str]]

# Each further one multiplies what a specifier is filled in to.
MOST_IN_A_SPECIFIER: Final = 2

_PLACEHOLDER: Final = re.compile(r"\$\{roleAttribute/([^}]*)\}")

# What separates the parts of a specifier: a value that holds one of them would say more than was meant.
SEPARATORS: Final = ":;,/{}"


def names_of_attributes(specifier: str) -> list[str]:
    """The attributes that a specifier is filled in from, each once."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(specifier)))


def fill_in(statements: Sequence[Mapping[str, Any]], attributes: Attributes) -> list[dict[str, Any]]:
    """The statements with a specifier for each value of each attribute that they name.

    An attribute without values names nothing. Nobody gains by that: what a permission excepts must be known,
    or it permits nothing; what a denial excepts is not excepted.
    """
    return list(_filled(statements, attributes))


def _filled(statements: Sequence[Mapping[str, Any]], attributes: Attributes) -> Iterator[dict[str, Any]]:
    for statement in statements:
        named, excepted = statement.get("resources") or [], statement.get("notResources") or []
        if named:
            resources = [text for specifier in named for text in _fill(specifier, attributes)]
            if resources:
                yield {**statement, "resources": resources}
            continue
        kept = [text for specifier in excepted for text in _fill(specifier, attributes)]
        is_whole = all(_fill(specifier, attributes) for specifier in excepted)
        if is_whole or (statement.get("effect") == "deny" and kept):
            yield {**statement, "notResources": kept}
        elif statement.get("effect") == "deny":
            yield {**statement, "resources": [ANYTHING], "notResources": []}


def _substitute(specifier: str, chosen: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: chosen[found[1]], specifier)


def _fill(specifier: str, attributes: Attributes) -> list[str]:
    names = names_of_attributes(specifier)
    if not names:
        return [specifier]
    filled = []
    for values in product(*(attributes.get(name, ()) for name in names)):
        chosen = dict(zip(names, values, strict=True))
        filled.append(_substitute(specifier, chosen))
    return filled

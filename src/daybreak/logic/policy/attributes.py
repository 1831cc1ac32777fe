"""Role attributes: a role may say `proj/${roleAttribute/project}:env/*`, and who holds it says which projects
these are. A statement is filled in before it is parsed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final

from daybreak.logic.policy.address import SpecifierInvalid, parse_specifier
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


def stands_for_keys(specifier: str) -> bool:
    """Whether attributes fill in keys and tags alone, so that whatever they are a specifier comes of it that
    speaks of the same types of resources.
    """
    try:
        plain, open_ = (parse_specifier(_PLACEHOLDER.sub(value, specifier)) for value in ("x", ANYTHING))
    except SpecifierInvalid:
        return False
    return plain.types == open_.types


def fill_in(statements: Sequence[Mapping[str, Any]], attributes: Attributes) -> list[dict[str, Any]]:
    """The statements with a specifier for each value of each attribute that they name.

    An attribute without values names nothing. Nobody gains by that: what a permission excepts must be known,
    or it permits nothing; what a denial excepts is not excepted.
    """
    return list(_filled(statements, attributes))


def fill_in_with_anything(statements: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the statements permit at most, whatever the attributes of whoever they are for."""
    return [each for statement in statements for each in _at_most(statement)]


def _at_most(statement: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    resources, excepted = statement.get("resources") or [], statement.get("notResources") or []
    is_denial = statement.get("effect") == "deny"
    # An attribute may have no value: a denial of what it names denies nothing, an exception of it excepts
    # nothing. Where a denial excepts it, it may be anything.
    if resources:
        sure = [text for text in resources if not names_of_attributes(text)]
        named = sure if is_denial else [_PLACEHOLDER.sub(ANYTHING, text) for text in resources]
        if named:
            yield {**statement, "resources": named}
    elif is_denial:
        yield {**statement, "notResources": [_PLACEHOLDER.sub(ANYTHING, text) for text in excepted]}
    elif sure := [text for text in excepted if not names_of_attributes(text)]:
        yield {**statement, "notResources": sure}
    else:
        yield {**statement, "resources": [ANYTHING], "notResources": []}


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

"""Ids for parts of flags and segments that came without one: the same each time the same comes."""

from collections.abc import Iterable
from typing import Any

from daybreak.platform.columns import Json
from daybreak.platform.identifiers import stable_uuid


def name_parts(document: Json, *place: str) -> Json:
    """The flag or segment with an `_id` in every variation, rule and clause. Clauses without values have
    none.
    """
    if not isinstance(document, dict):
        return document
    named = dict(document)
    if isinstance(named.get("variations"), list):
        named["variations"] = _name(named["variations"], *place, "variation")
    if isinstance(named.get("rules"), list):
        named["rules"] = _name_rules(named["rules"], *place)
    if isinstance(named.get("environments"), dict):
        named["environments"] = {
            key: name_parts(configuration, *place, key)
            for key, configuration in named["environments"].items()
        }
    return named


def _name_rules(rules: list[Any], *place: str) -> list[Any]:
    return [
        {**rule, "clauses": _name(rule.get("clauses") or [], *place, str(rule["_id"]))}
        if isinstance(rule, dict)
        else rule
        for rule in _name(rules, *place, "rule")
    ]


def _name(parts: Iterable[Any], *place: str) -> list[Any]:
    return [
        {**part, "_id": part.get("_id") or stable_uuid(*place, str(number))}
        if isinstance(part, dict)
        else part
        for number, part in enumerate(parts)
    ]

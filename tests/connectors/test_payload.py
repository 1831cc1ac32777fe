"""JSON from strangers: single fields, then whole events with anything in any place."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from daybreak.connectors.facts import Nothing, Reading
from daybreak.connectors.github import PARSERS as GITHUB_PARSERS
from daybreak.connectors.github import parse_github
from daybreak.connectors.gitlab import PARSERS as GITLAB_PARSERS
from daybreak.connectors.gitlab import parse_gitlab
from daybreak.connectors.payload import (
    read_address,
    read_hash,
    read_instant,
    read_items,
    read_number,
    read_text,
    read_texts,
)

Json = Any

EXAMPLES = json.loads((Path(__file__).parent / "data" / "github_events.json").read_text("utf-8"))
GITLAB_EXAMPLE = {
    "project": {"path_with_namespace": "acme/web", "default_branch": "main"},
    "object_attributes": {"id": 1, "iid": 2, "sha": "a" * 40, "created_at": "2024-05-01 10:00:00 UTC"},
    "user": {"id": 1, "username": "robin"},
    "changes": {"draft": {"previous": True}},
    "labels": [{"title": "bug"}],
    "ref": "refs/heads/main",
    "after": "a" * 40,
    "checkout_sha": "a" * 40,
    "commits": [{"id": "a" * 40, "message": "Change", "author": {"name": "Robin"}, "added": ["a"]}],
    "status": "success",
    "deployment_id": 1,
    "environment": "production",
    "commit_url": "https://example.invalid/-/commit/" + "a" * 40,
    "status_changed_at": "2024-05-01 10:00:00 +0200",
    "builds": [
        {
            "id": 1,
            "status": "success",
            "finished_at": "2024-05-01 10:00:00 UTC",
            "environment": {"name": "production", "action": "start"},
        }
    ],
}
KINDS = [*GITLAB_PARSERS, "note"]
EVENTS = [*GITHUB_PARSERS, "ping"]

# A slow machine is no reason to fail.
patiently = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])

ANY_TEXT = some.text(some.characters(exclude_categories=[])) | some.from_regex(r"\d{4}-\d\d-\d\d.*")
ANY_LEAF = some.none() | some.booleans() | some.integers() | some.floats() | ANY_TEXT
ANY_JSON = some.recursive(
    ANY_LEAF, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(ANY_TEXT, inner, max_size=3)
)


def damage(data: some.DataObject, value: Json) -> Json:
    """The value with something else in some place of it, and some fields missing."""
    if data.draw(some.integers(0, 9)) == 0:
        return data.draw(ANY_JSON)
    if isinstance(value, dict):
        return {name: damage(data, inner) for name, inner in value.items() if data.draw(some.integers(0, 19))}
    return [damage(data, inner) for inner in value] if isinstance(value, list) else value


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_in(getattr(value, field.name))


def assert_storable(reading: Reading) -> None:
    joined = "".join(texts_in(reading))
    assert "\0" not in joined
    assert joined.encode("utf-8")


@patiently
@given(some.data())
def test_parse_github__damaged_event__is_read_or_tells_nothing(data: some.DataObject) -> None:
    example = data.draw(some.sampled_from(EXAMPLES))
    reading = parse_github(example["event"], damage(data, example["payload"]))
    assert isinstance(reading, Nothing) or len(reading) == 1
    assert_storable(reading)


@patiently
@given(some.data(), some.sampled_from(KINDS))
def test_parse_gitlab__damaged_event__is_read_or_tells_nothing(data: some.DataObject, kind: str) -> None:
    reading = parse_gitlab(damage(data, GITLAB_EXAMPLE | {"object_kind": kind}))
    assert isinstance(reading, Nothing) or reading
    assert_storable(reading)


@patiently
@given(some.sampled_from(EVENTS), ANY_JSON)
def test_parse__anything_at_all__is_read_or_tells_nothing(event: str, payload: Json) -> None:
    assert isinstance(parse_github(event, payload), Nothing)
    assert isinstance(parse_gitlab(payload), Nothing)


@pytest.mark.parametrize(
    ("value", "milliseconds"),
    [
        ("2016-08-12T15:23:28Z", 1_471_015_408_000),
        ("2016-08-12T15:23:28.250+00:00", 1_471_015_408_250),
        ("2016-08-12 15:23:28 UTC", 1_471_015_408_000),
        ("2016-08-12 17:23:28 +0200", 1_471_015_408_000),
        ("2016-08-12 15:23:28.250 UTC", 1_471_015_408_250),
        (" 2016-08-12T15:23:28 ", 1_471_015_408_000),
        (1_471_015_408, 1_471_015_408_000),
        ("1969-12-31T23:59:59Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        ("", None),
        (2**62, None),
        (-1, None),
        (1.5, None),
        (True, None),
        (None, None),
    ],
)
def test_read_instant__each_format__is_milliseconds(value: Json, milliseconds: int | None) -> None:
    assert read_instant(value) == milliseconds


@pytest.mark.parametrize(
    ("value", "text"),
    [("door", "door"), ("do\0or", "door"), ("\0", None), ("", None), (7, None), ("\ud83d!", "?!")],
)
def test_read_text__what_no_database_stores__is_taken_out(value: Json, text: str | None) -> None:
    assert read_text(value) == text


@pytest.mark.parametrize(
    ("value", "number"), [(0, 0), (7, 7), (-1, None), (True, None), ("7", None), (2**63, None), (7.0, None)]
)
def test_read_number__not_a_count__is_none(value: Json, number: int | None) -> None:
    assert read_number(value) == number


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("A" * 40, "a" * 40),
        ("a" * 64, "a" * 64),
        ("0" * 40, None),
        ("a" * 41, None),
        ("a" * 7, None),
        ("g" * 40, None),
        (None, None),
    ],
)
def test_read_hash__not_a_full_hash__is_none(value: Json, found: str | None) -> None:
    assert read_hash(value) == found


@pytest.mark.parametrize("value", [None, 7, True, "text", {"a": {"b": "c"}}, [7, None, [{}]]])
def test_read_items__not_a_list_of_them__yields_nothing(value: Json) -> None:
    assert list(read_items(value)) == []
    assert list(read_texts(value)) == []


@pytest.mark.parametrize(
    ("value", "found"),
    [("https://example.invalid/", "https://example.invalid/"), ("javascript:alert(1)", None), (None, None)],
)
def test_read_address__not_for_a_browser__is_none(value: Json, found: str | None) -> None:
    assert read_address({"url": value}, "url") == found

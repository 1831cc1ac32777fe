"""Semantic patches against a toy model: which media types announce one, and how instructions are followed."""

from typing import Any

import pytest

from daybreak.platform.errors import InvalidRequest, ValidationFailed
from daybreak.rest.call import Body, SemanticPatch
from daybreak.rest.semantic_patch import (
    MOST_INSTRUCTIONS,
    Instruction,
    NoParameters,
    follow,
    is_semantic,
    parse_instructions,
)
from rest.server import Server
from rest.widgets import WIDGETS, a_widget


class By(Body):
    value: int


COUNTING: dict[str, Instruction[int, int]] = {
    "add": Instruction(By, lambda count, by, _: count + by.value, "updateCount"),
    "scale": Instruction(NoParameters, lambda count, _, factor: count * factor, "updateScale"),
}


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("application/json; domain-model=launchdarkly.semanticpatch", True),
        ("application/json;domain-model=launchdarkly.semanticpatch", True),
        ('Application/JSON; charset=utf-8 ; Domain-Model = "LaunchDarkly.SemanticPatch"', True),
        ("application/json", False),
        ("application/json; domain-model=other", False),
        ("", False),
    ],
)
def test_is_semantic__media_type__is_read_tolerantly(content_type: str, *, expected: bool) -> None:
    assert is_semantic(content_type) is expected


def test_follow__instructions__build_on_each_other() -> None:
    items = [{"kind": "add", "value": 2}, {"kind": "scale"}, {"kind": "add", "value": 1}]
    body = {"comment": "why", "environmentKey": "test", "instructions": items}
    instructions = parse_instructions(SemanticPatch(body))

    edit = follow(instructions, 1, 10, COUNTING)

    assert instructions.environment_key == "test"
    assert (edit.after, edit.actions, edit.comment) == (31, ("updateCount", "updateScale"), "why")


@pytest.mark.parametrize(
    "value", [None, [], {}, {"instructions": []}, {"instructions": [{}] * (MOST_INSTRUCTIONS + 1)}]
)
def test_parse_instructions__none_or_too_many__are_refused(value: Any) -> None:
    with pytest.raises((InvalidRequest, ValidationFailed)):
        parse_instructions(SemanticPatch(value))


@pytest.mark.parametrize("item", [{}, {"kind": 7}, {"kind": "subtract"}, {"kind": "add", "value": "two"}])
def test_follow__instruction_that_makes_no_sense__is_refused(item: dict[str, Any]) -> None:
    with pytest.raises((InvalidRequest, ValidationFailed)):
        follow(parse_instructions(SemanticPatch({"instructions": [item]})), 1, 1, COUNTING)


def test_patch__instructions_for_a_resource_without_any__are_refused(server: Server) -> None:
    server.keep(a_widget("a", "old"))
    announced = {"Content-Type": "application/json; domain-model=launchdarkly.semanticpatch"}
    body = {"instructions": [{"kind": "rename"}]}

    response = server.request("PATCH", f"{WIDGETS}/a", json=body, headers=announced)

    assert response.status_code == 400
    assert server.get(f"{WIDGETS}/a").json()["name"] == "old"

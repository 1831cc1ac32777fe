"""JSON patches of flags: true is not 1, variations keep what they are for, and what is overlooked."""

from typing import Any

import pytest

from areas.flags.seeds import FLAGS, a_flag, a_project, ids, instruct, instructed, production

CHECKOUT = f"{FLAGS}/checkout"
HERE = "/environments/production"
ABC = [{"value": "a"}, {"value": "b"}, {"value": "c"}]
FIRST, NEW = "/variations/0", {"value": "new"}
ON_PLAN = {"attribute": "plan", "op": "in", "contextKind": "user"}


@pytest.fixture(autouse=True)
def project(api: Any) -> None:
    a_project(api)


def operation(op: str, path: str, value: Any = None, **given: str) -> dict[str, Any]:
    return {"op": op, "path": path, "value": value} | given


def patched(api: Any, *operations: dict[str, Any]) -> dict[str, Any]:
    response = api.patch(CHECKOUT, json=list(operations))
    assert response.status_code == 200, response.text
    flag: dict[str, Any] = response.json()
    return flag


def clause_values(flag: dict[str, Any]) -> list[Any]:
    values: list[Any] = production(flag)["rules"][0]["clauses"][0]["values"]
    return values


def variation_values(flag: dict[str, Any]) -> list[Any]:
    return [variation["value"] for variation in flag["variations"]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([1, 0], [True, False]),
        ([True, False], [1, 0]),
        ([[1], 5], [[True], 5]),
        ([{"a": 0}, 5], [{"a": False}, 5]),
    ],
)
def test_patchFeatureFlag__values_become_true_from_1__are_others(api: Any, before: Any, after: Any) -> None:
    a_flag(api, variations=[{"value": value} for value in before])

    flag = patched(
        api,
        operation("replace", "/variations/0/value", after[0]),
        operation("replace", "/variations/1/value", after[1]),
    )

    assert repr(variation_values(flag)) == repr(after)
    assert production(flag)["version"] == 2
    assert api.get(CHECKOUT).json() == flag


def test_updateVariation__value_true_instead_of_1__is_another(api: Any) -> None:
    flag = a_flag(api, variations=[{"value": 1}, {"value": 0}])

    changed = instructed(api, {"kind": "updateVariation", "variationId": ids(flag)[0], "value": True})

    assert (variation_values(changed)[0], changed["_version"]) == (True, 2)
    assert variation_values(changed)[0] is True


def a_flag_with_values(api: Any, values: list[Any]) -> dict[str, str]:
    """Where its only clause is found."""
    flag = a_flag(api)
    clause = {**ON_PLAN, "values": values}
    [rule] = production(
        instructed(api, {"kind": "addRule", "variationId": ids(flag)[0], "clauses": [clause]})
    )["rules"]
    return {"ruleId": rule["_id"], "clauseId": rule["clauses"][0]["_id"]}


def test_updateClause__1_instead_of_true__is_another_value(api: Any) -> None:
    at = a_flag_with_values(api, [True])

    changed = instructed(api, {"kind": "updateClause", **at, "clause": {**ON_PLAN, "values": [1]}})

    assert repr(clause_values(changed)) == "[1]"
    assert production(changed)["version"] == 3
    path = f"{HERE}/rules/0/clauses/0/values"
    assert repr(clause_values(patched(api, operation("replace", path, [True])))) == "[True]"


def test_addValuesToClause__1_beside_true__is_added(api: Any) -> None:
    at = a_flag_with_values(api, [True, {"a": [0]}])
    add = {"kind": "addValuesToClause", **at, "values": [1, True, {"a": [False]}, {"a": [0]}]}
    assert repr(clause_values(instructed(api, add))) == "[True, {'a': [0]}, 1, {'a': [False]}]"

    remove = {"kind": "removeValuesFromClause", **at, "values": [1, {"a": [0]}]}
    assert repr(clause_values(instructed(api, remove))) == "[True, {'a': [False]}]"


def test_segmentsClause__1_instead_of_true__is_another_value(api: Any) -> None:
    path = "/api/v2/segments/web/production"
    api.post(path, json={"key": "beta", "name": "Beta"})
    rule = {"clauses": [{**ON_PLAN, "values": [True]}]}
    api.patch(f"{path}/beta", json=[operation("add", "/rules/-", rule)])

    changed = api.patch(f"{path}/beta", json=[operation("replace", "/rules/0/clauses/0/values", [1])])

    assert repr(changed.json()["rules"][0]["clauses"][0]["values"]) == "[1]"


def served(flag: dict[str, Any]) -> dict[str, Any]:
    """What everything in production serves, by value."""
    values, configuration = variation_values(flag), production(flag)
    shares = [rule.get("rollout", {"variations": [rule]})["variations"] for rule in configuration["rules"]]
    return {
        "otherwise": values[configuration["fallthrough"]["variation"]],
        "off": values[configuration["offVariation"]],
        "targets": {values[each["variation"]]: each["values"] for each in configuration["targets"]},
        "rules": [[values[share["variation"]] for share in dealt] for dealt in shares],
    }


AS_BEFORE = {
    "otherwise": "c",
    "off": "b",
    "targets": {"b": ["ann"], "c": ["bob"]},
    "rules": [["c"], ["b", "c"]],
}


def a_flag_of_three(api: Any) -> None:
    flag = a_flag(api, variations=ABC, defaults={"onVariation": 2, "offVariation": 1})
    _, b, c = ids(flag)
    instructed(
        api,
        {"kind": "addUserTargets", "variationId": b, "values": ["ann"]},
        {"kind": "addUserTargets", "variationId": c, "values": ["bob"]},
        {"kind": "addRule", "variationId": c, "clauses": [{**ON_PLAN, "values": ["x"]}]},
        {"kind": "addRule", "rolloutWeights": {b: 60_000, c: 40_000}, "clauses": []},
    )


@pytest.mark.parametrize(
    "numbering",
    [
        operation("add", FIRST, NEW),
        operation("remove", FIRST),
        operation("move", FIRST, **{"from": "/variations/2"}),
    ],
    ids=["add", "remove", "move"],
)
@pytest.mark.parametrize(
    ("touching", "expected"),
    [
        (operation("replace", f"{HERE}/on", value=True), {}),
        (operation("add", f"{HERE}/rules/0/clauses/0/values/-", "y"), {}),
        (
            operation("add", f"{HERE}/targets/1/values/-", "cy"),
            {"targets": {"b": ["ann"], "c": ["bob", "cy"]}},
        ),
        (operation("remove", f"{HERE}/rules/0"), {"rules": [["b", "c"]]}),
        (
            operation(
                "replace",
                f"{HERE}/rules/1/rollout/variations",
                [{"variation": 1, "weight": 1}, {"variation": 2, "weight": 99_999}],
            ),
            {},
        ),
    ],
    ids=["on", "clause", "target", "rule", "weights"],
)
def test_patchFeatureFlag__numbers_shift__what_was_not_touched_serves_the_same(
    api: Any, numbering: dict[str, Any], touching: dict[str, Any], expected: dict[str, Any]
) -> None:
    a_flag_of_three(api)

    assert served(patched(api, numbering, touching)) == AS_BEFORE | expected
    assert served(api.get(CHECKOUT).json()) == AS_BEFORE | expected


def test_patchFeatureFlag__numbers_shift__what_was_touched_is_read_by_the_new_ones(api: Any) -> None:
    a_flag_of_three(api)

    flag = patched(
        api,
        operation("add", FIRST, NEW),
        operation("replace", f"{HERE}/fallthrough/variation", 0),
        operation("replace", f"{HERE}/rules/0/variation", 1),
        operation("add", f"{HERE}/rules/-", {"variation": 0, "clauses": []}),
        operation("add", f"{HERE}/targets/-", {"variation": 0, "values": ["dee"]}),
    )

    assert served(flag) == {
        "otherwise": "new",
        "off": "b",
        "targets": {"b": ["ann"], "c": ["bob"], "new": ["dee"]},
        "rules": [["a"], ["b", "c"], ["new"]],
    }


def test_patchFeatureFlag__removes_what_is_served__is_refused(api: Any) -> None:
    a_flag_of_three(api)
    body = [operation("remove", "/variations/2"), operation("replace", f"{HERE}/on", value=True)]

    assert api.patch(CHECKOUT, json=body).status_code == 400


@pytest.mark.parametrize("dialect", ["bare", "commented"])
def test_patchFeatureFlag__terraforms_fallthough__is_overlooked(api: Any, dialect: str) -> None:
    a_flag(api)
    body = [
        operation("replace", f"{HERE}/fallthough", {"variation": 0}),
        operation("replace", f"{HERE}/on", value=True),
    ]

    response = api.patch(CHECKOUT, json=body if dialect == "bare" else {"patch": body})

    assert (response.status_code, production(response.json())["on"]) == (200, True)


@pytest.mark.parametrize(
    "refused",
    [
        operation("replace", "/environments/nowhere/fallthough", {"variation": 0}),
        operation("add", f"{HERE}/fallthough", {"variation": 0}),
        operation("replace", f"{HERE}/version", 3),
        operation("replace", "/fallthough", {"variation": 0}),
        operation("replace", "~", 3),
        {"op": "replace", "path": 3, "value": 3},
        "replace",
    ],
)
def test_patchFeatureFlag__what_else_is_wrong__is_refused(api: Any, refused: Any) -> None:
    a_flag(api)

    assert api.patch(CHECKOUT, json=[refused]).status_code in {400, 422}


@pytest.mark.parametrize("path", ["/version", "/_version"])
def test_patchFeatureFlag__version_tested__is_that_of_the_flag(api: Any, path: str) -> None:
    a_flag(api)
    body = [operation("test", path, 1), operation("replace", "/name", "Till")]

    first, second = (api.patch(CHECKOUT, json=body) for _ in range(2))

    assert (first.status_code, first.json()["name"], second.status_code) == (200, "Till", 409)


def test_postFeatureFlag__needs_an_unknown_variation__is_refused(api: Any) -> None:
    a_flag(api)
    given = {"key": "b", "name": "B", "initialPrerequisites": [{"key": "checkout", "variationId": "nope"}]}

    assert api.post(FLAGS, json=given).status_code == 400
    assert api.get(f"{FLAGS}/b").status_code == 404


@pytest.mark.parametrize("pattern", ["(?a)(?u)x", "(?L)x"])
def test_instructions__pattern_with_flags_of_no_text__is_refused(api: Any, pattern: str) -> None:
    flag = a_flag(api)
    clause = {**ON_PLAN, "op": "matches", "values": [pattern]}

    response = instruct(api, {"kind": "addRule", "variationId": ids(flag)[0], "clauses": [clause]})

    assert response.status_code == 400


@pytest.mark.parametrize("kind", [{}, [], 1, None])
def test_instructions__kind_that_is_no_text__is_refused(api: Any, kind: Any) -> None:
    a_flag(api)

    assert instruct(api, {"kind": kind}).status_code == 400

"""Cases that every SDK has to agree on: environments as delivered, contexts, and what comes of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from daybreak.logic.evaluation.context import parse_context
from daybreak.logic.evaluation.evaluator import Evaluation
from daybreak.logic.evaluation.reason import represent_reason
from logic.evaluation.providers import Prepared

Json = Any
ENVIRONMENTS: list[Json] = json.loads(Path(__file__).with_name("cases.json").read_text())


@pytest.mark.parametrize(
    ("environment", "case"),
    [
        pytest.param(environment, case, id=f"{environment['about']}-{number}-{place}")
        for number, environment in enumerate(ENVIRONMENTS)
        for place, case in enumerate(environment["cases"])
    ],
)
def test_evaluate__published_case__is_as_expected(environment: Json, case: Json) -> None:
    provider = Prepared(environment["flags"], environment["segments"])

    result = Evaluation(parse_context(case["context"]), provider).evaluate(provider.flags[case["flag"]])

    assert represent_reason(result.reason) == case["reason"]
    assert result.variation == case.get("variation")
    assert result.value == case.get("value")

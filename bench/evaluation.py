"""Evaluation without a server: ours and the vendor's, in this process, on the same flags and context."""

import logging
import statistics
from collections.abc import Mapping
from typing import Any

import msgspec
from ldclient.client import LDClient
from ldclient.config import Config
from ldclient.context import Context as OfficialContext
from ldclient.feature_store import InMemoryFeatureStore
from ldclient.versioned_data_kind import FEATURES, SEGMENTS

from bench.lines import ROUNDS, Line, say, timed
from daybreak.delivery.snapshot import PolledPayload, Scene, Snapshot, take_snapshot
from daybreak.logic.evaluation.context import Context, parse_context
from daybreak.logic.evaluation.evaluator import Evaluation
from daybreak.logic.evaluation.reason import Result

TIMES = 200


def measure_evaluation(everything: bytes, context: Mapping[str, Any]) -> Line:
    """Without what makes bytes of it, which theirs does not do."""
    say("evaluation beside the vendor's …")
    logging.getLogger("ldclient").setLevel(logging.CRITICAL)
    payload = msgspec.json.decode(everything, type=PolledPayload)
    snapshot, parsed = take_snapshot("bench", payload), parse_context(dict(context))
    store = InMemoryFeatureStore()  # type: ignore[no-untyped-call]  # the SDK leaves it out
    store.init({FEATURES: payload.flags, SEGMENTS: payload.segments})  # type: ignore[no-untyped-call]  # as above
    client = LDClient(Config("sdk-bench", feature_store=store, use_ldd=True, send_events=False))
    theirs = OfficialContext.from_dict(dict(context))
    try:
        valued = client.all_flags_state(theirs).to_values_map()
        assert valued == {key: result.value for key, result in _evaluate(snapshot, parsed).items()}
        ours_ms, theirs_ms = [], []
        for _ in range(ROUNDS):
            ours_ms.append(timed(lambda: [_evaluate(snapshot, parsed) for _ in range(TIMES)]))
            theirs_ms.append(timed(lambda: [client.all_flags_state(theirs) for _ in range(TIMES)]))
    finally:
        client.close()  # type: ignore[no-untyped-call]  # the SDK leaves it out
    own, other = statistics.median(ours_ms) / TIMES, statistics.median(theirs_ms) / TIMES
    return Line(
        f"evaluation of {len(payload.flags)} flags against the vendor's Python SDK",
        f"{own:.2f} to {other:.2f} ms = {other / own:.1f} times",
        "5 times or more",
        other / own >= 5,
    )


def _evaluate(snapshot: Snapshot, context: Context) -> Mapping[str, Result]:
    evaluation = Evaluation(context, Scene(snapshot))
    return {key: evaluation.evaluate(item.flag) for key, item in snapshot.flags.items()}

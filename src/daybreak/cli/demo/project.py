"""Makes the made-up shop where there is none, with what happened in it: to its flags over the last weeks, to
what it is made of over the last year (`deliveries.py`).

Each step is made as a caller of the API would have made it then, and evaluations between two steps are what
the flags of that time serve.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from daybreak.areas.flags.intake import (
    FlagUse,
    add_flag,
    add_segment,
    change_flag_in,
    count_evaluations,
)
from daybreak.areas.flags.queries import payloads
from daybreak.areas.projects.intake import ensure_project_and_environment
from daybreak.areas.projects.queries import environment, projects_by_key, sdk_key_of
from daybreak.cli.demo.deliveries import add_deliveries
from daybreak.cli.demo.flags import ENVIRONMENT, FLAGS, PROJECT, SEGMENT, SEGMENT_MEMBERS
from daybreak.cli.demo.people import list_people
from daybreak.cli.program import Program
from daybreak.delivery.snapshot import Scene, take_snapshot
from daybreak.logic.evaluation.context import parse_context
from daybreak.logic.evaluation.evaluator import Evaluation
from daybreak.logic.policy.roles import ADMIN
from daybreak.platform.access import Actor
from daybreak.platform.clock import DAY, HOUR
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call

ACTOR = Actor("demo", "demo", "daybreak serve --demo", (ADMIN,), role="admin")

# Evaluations are made up from then on.
USED_FOR = 30 * DAY

Shares = Mapping[str, Mapping[int | None, int]]


def make_demo(program: Program) -> tuple[str, bool]:
    """The SDK key of the shop, and whether it was made just now. All of it, or nothing."""
    with program.database.writing() as db:
        is_new = not projects_by_key(db, [PROJECT])
        if is_new:
            _make(db, program.clock.now())
        return sdk_key_of(db, environment(db, PROJECT, ENVIRONMENT).id), is_new


def _make(db: Transaction, now: int) -> None:
    # Whole hours, so that counts that are folded into hours still lie on one side of a change.
    now -= now % HOUR
    start = now - max(flag.age for flag in FLAGS) * DAY
    ensure_project_and_environment(Call(db, ACTOR, start), PROJECT, ENVIRONMENT)
    environment_id = environment(db, PROJECT, ENVIRONMENT).id
    add_segment(Call(db, ACTOR, start), PROJECT, ENVIRONMENT, SEGMENT, SEGMENT_MEMBERS)
    for flag in FLAGS:
        add_flag(Call(db, ACTOR, now - flag.age * DAY), PROJECT, flag.body)
    times = sorted({step.days_ago for flag in FLAGS for step in flag.steps} | _ends(), reverse=True)
    for days_ago, until in pairwise([*times, 0]):
        at = now - days_ago * DAY
        for flag in FLAGS:
            for step in flag.steps:
                if step.days_ago == days_ago:
                    change_flag_in(Call(db, ACTOR, at), PROJECT, flag.key, ENVIRONMENT, step.change)
        hours = range(max(at, now - USED_FOR), now - until * DAY, HOUR)
        _use(db, environment_id, hours, _asked(until))
    add_deliveries(Call(db, ACTOR, now))


def _ends() -> set[int]:
    return {flag.asked_until for flag in FLAGS if flag.asked_until}


def _asked(until: int) -> set[str]:
    """The keys of the flags that somebody asks for up to so many days ago."""
    return {flag.key for flag in FLAGS if flag.asked_until <= until}


def _use(db: Transaction, environment_id: str, hours: range, keys: set[str]) -> None:
    """What the flags serve now, in each of the hours."""
    if not hours:
        return
    shares = _evaluate(db, environment_id)
    uses = {
        (environment_id, key): FlagUse(
            {(hour, variation): count for hour in hours for variation, count in shares[key].items()},
            context_kinds={"user"},
        )
        for key in keys
    }
    count_evaluations(db, uses, hours[-1] + HOUR)


def _evaluate(db: Transaction, environment_id: str) -> Shares:
    """By flag, how many people get which variation."""
    scene = Scene(take_snapshot(environment_id, payloads(db, [environment_id])[environment_id]))
    counts: dict[str, Counter[int | None]] = {key: Counter() for key in scene.snapshot.flags}
    for person in list_people():
        evaluation = Evaluation(parse_context(person), scene)
        for key, item in scene.snapshot.flags.items():
            counts[key][evaluation.evaluate(item.flag).variation] += 1
    return counts

"""How far work has come: kept per step, forgotten when it is done, or when nobody takes it up."""

from daybreak.platform.clock import DAY, FixedClock
from daybreak.platform.database import Database
from daybreak.platform.progress import (
    KEPT,
    Step,
    forget_steps,
    list_steps,
    save_step,
    trim_progress,
)


def test_progress__saved_again__is_the_last(database: Database, clock: FixedClock) -> None:
    with database.writing() as db:
        save_step(db, "import", "flags", Step("page 2", {"new": 1}, clock.now()))
        save_step(db, "import", "roles", Step("", {}, clock.now()))
        save_step(db, "import", "flags", Step("page 3", {"new": 2}, clock.now() + 1))
        save_step(db, "other", "flags", Step("page 1", {}, clock.now()))
    with database.reading() as db:
        steps = list_steps(db, "import")
    assert steps == {
        "flags": Step("page 3", {"new": 2}, clock.now() + 1),
        "roles": Step("", {}, clock.now()),
    }


def test_progress__done__leaves_that_of_others(database: Database, clock: FixedClock) -> None:
    with database.writing() as db:
        for work in ("import", "other"):
            save_step(db, work, "flags", Step("page 1", {}, clock.now()))
        forget_steps(db, "import")
        assert (list_steps(db, "import"), len(list_steps(db, "other"))) == ({}, 1)


def test_trimProgress__long_ago__is_given_up(database: Database, clock: FixedClock) -> None:
    with database.writing() as db:
        save_step(db, "import", "old", Step("page 1", {}, clock.now() - KEPT - 1))
        save_step(db, "import", "new", Step("page 1", {}, clock.now() - KEPT + DAY))
        trim_progress(db, clock.now())
        assert list(list_steps(db, "import")) == ["new"]

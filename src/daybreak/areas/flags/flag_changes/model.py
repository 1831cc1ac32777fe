"""A change of what contexts may get from a flag, and what came of it."""

from dataclasses import dataclass
from fractions import Fraction

from daybreak.areas.projects.queries import Home
from daybreak.logic.scoring.impact import PARTS
from daybreak.platform.columns import Json


@dataclass(frozen=True, slots=True)
class FlagChange:
    """In one environment. `before` and `after` are digests of what decides what contexts get.

    `settle_at` is when its impact is looked for, None once that is over; `impact` is in parts of a percent,
    None where it is not known. `served` has each variation's evaluations before and after.
    """

    id: str
    environment_id: str
    project_id: str
    flag_id: str
    flag_key: str
    at: int
    kind: str
    description: str
    actions: tuple[str, ...]
    audit_entry_id: str
    before: str
    after: str
    is_rollback: bool
    settle_at: int | None
    impact: int | None = None
    served: Json = None

    @property
    def percentage(self) -> Fraction | None:
        return None if self.impact is None else Fraction(self.impact, PARTS)


@dataclass(frozen=True, slots=True)
class Extent:
    """Flags of an environment in `[start, end)` (Unix ms): all, or those that some applications evaluate."""

    home: Home
    application_keys: tuple[str, ...]
    start: int
    end: int

    @property
    def environment_id(self) -> str:
        return self.home.environment_id


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """Changes in an extent. `moved` are those that count: known to have moved somebody, and no rollback.

    `total_impact` is theirs in parts of a percent; `first_at` is when the environment's first change was;
    `added_up` are those whose rows are gone.
    """

    first_at: int | None = None
    changes: int = 0
    moved: int = 0
    total_impact: int = 0
    without_impact: int = 0
    unknown: int = 0
    waiting: int = 0
    rollbacks: int = 0
    added_up: int = 0

    def with_days(self, days: "ChangeCounts") -> "ChangeCounts":
        """With those whose rows are gone."""
        return ChangeCounts(
            self.first_at,
            self.changes + days.changes,
            self.moved + days.moved,
            self.total_impact + days.total_impact,
            self.without_impact + days.without_impact,
            self.unknown + days.unknown,
            self.waiting,
            self.rollbacks + days.rollbacks,
            added_up=days.changes,
        )


@dataclass(frozen=True, slots=True)
class CreationCounts:
    """Temporary flags that were made, and flags that were archived or deleted; `first_at`: the project's
    first flag.
    """

    first_at: int | None
    created: int
    retired: int

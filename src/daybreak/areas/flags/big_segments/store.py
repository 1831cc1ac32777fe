"""The members of big segments in the database. Each statement handles a bounded number of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, insert, literal, select, update

from daybreak.areas.flags.big_segments.tables import big_segment_generations, big_segment_members
from daybreak.areas.flags.segments.tables import segments
from daybreak.platform.database import Transaction

# A statement binds a bounded number of values.
AT_ONCE = 500

# So many are removed in one transaction, to keep no other writer waiting.
REMOVED_AT_ONCE = 20_000

_members = big_segment_members.c
_generations = big_segment_generations.c


@dataclass(frozen=True, slots=True)
class Members:
    """Those of one generation of a segment."""

    project_id: str
    segment_id: str
    generation: int

    @property
    def mine(self) -> tuple[ColumnElement[bool], ...]:
        """Which rows of members are among them."""
        return (
            _members.project_id == self.project_id,
            _members.segment_id == self.segment_id,
            _members.generation == self.generation,
        )

    @property
    def own_generation(self) -> tuple[ColumnElement[bool], ...]:
        """Which row of generations is theirs."""
        return (
            _generations.project_id == self.project_id,
            _generations.segment_id == self.segment_id,
            _generations.generation == self.generation,
        )


def add_members(db: Transaction, members: Members, keys: Collection[str], *, is_included: bool) -> None:
    """Whoever is listed already stays so."""
    place = asdict(members)
    db.insert_or_update(big_segment_generations, [place | {"is_obsolete": False}], [])
    rows = [{**place, "context_key": key, "is_included": is_included} for key in sorted(set(keys))]
    db.insert_or_update(big_segment_members, rows, [])


def remove_members(db: Transaction, members: Members, keys: Collection[str], *, is_included: bool) -> None:
    for some in _slices(sorted(set(keys))):
        db.execute(
            delete(big_segment_members).where(
                *members.mine,
                _members.context_key.in_(some),
                _members.is_included.is_(is_included),
            )
        )


def count_listed(db: Transaction, members: Members, keys: Collection[str], *, is_included: bool) -> int:
    """How many of the keys are on the list."""
    found = 0
    for some in _slices(sorted(set(keys))):
        wanted = (
            *members.mine,
            _members.context_key.in_(some),
            _members.is_included.is_(is_included),
        )
        found += int(db.value(select(func.count()).select_from(big_segment_members).where(*wanted)))
    return found


def count_members(db: Transaction, members: Members) -> tuple[int, int]:
    """How many are included, and how many excluded. Looks at each of them."""
    counted = (
        select(_members.is_included, func.count().label("number"))
        .where(*members.mine)
        .group_by(_members.is_included)
    )
    found = {bool(row.is_included): int(row.number) for row in db.rows(counted)}
    return found.get(True, 0), found.get(False, 0)


def lists_of(db: Transaction, members: Members, key: str) -> tuple[bool, bool]:
    """Whether the key is included, and whether it is excluded."""
    wanted = select(_members.is_included).where(*members.mine, _members.context_key == key)
    found = {bool(row.is_included) for row in db.rows(wanted)}
    return True in found, False in found


def memberships(
    db: Transaction, environment_id: str, keys: Collection[str]
) -> Mapping[str, Mapping[str, bool]]:
    """What the big segments of an environment say of some contexts' keys: by key, and by the segment's key
    and generation as evaluation refers to it. Who is both included and excluded is a member. One query.
    """
    wanted = (
        select(segments.c.key, segments.c.generation, _members.context_key, _members.is_included)
        .join(
            big_segment_members,
            and_(
                _members.project_id == segments.c.project_id,
                _members.segment_id == segments.c.id,
                _members.generation == segments.c.generation,
            ),
        )
        .where(
            segments.c.environment_id == environment_id,
            segments.c.is_unbounded.is_(True),
            _members.context_key.in_(list(keys)),
        )
    )
    found: dict[str, dict[str, bool]] = {key: {} for key in keys}
    for row in db.rows(wanted):
        of_key, reference = found[row.context_key], f"{row.key}.g{row.generation}"
        of_key[reference] = of_key.get(reference, False) or row.is_included
    return found


def list_after(db: Transaction, members: Members, last: str, limit: int, *, is_included: bool) -> list[str]:
    """The members that follow `last` in the order of the database."""
    wanted: Select[str] = (
        select(_members.context_key)
        .where(
            *members.mine,
            _members.context_key > last,
            _members.is_included.is_(is_included),
        )
        .order_by(_members.context_key)
        .limit(limit)
    )
    return [row.context_key for row in db.rows(wanted)]


def copy_excluded(db: Transaction, source: Members, target: int) -> None:
    """The excluded members of one generation are those of the other, too."""
    columns = ["project_id", "segment_id", "generation", "context_key", "is_included"]
    there = big_segment_members.alias("there")
    is_there = exists().where(
        there.c.project_id == source.project_id,
        there.c.segment_id == source.segment_id,
        there.c.generation == target,
        there.c.context_key == _members.context_key,
        there.c.is_included.is_(False),
    )
    place = _members.project_id, _members.segment_id, literal(target)
    excluded = select(*place, _members.context_key, _members.is_included).where(
        *source.mine, _members.is_included.is_(False), ~is_there
    )
    db.execute(insert(big_segment_members).from_select(columns, excluded))


def make_obsolete(db: Transaction, members: Members) -> None:
    """They are removed in time."""
    db.execute(update(big_segment_generations).where(*members.own_generation).values(is_obsolete=True))


def make_all_obsolete(db: Transaction, segment_id: str) -> None:
    """The same for all generations of a segment that is deleted."""
    mine = _generations.segment_id == segment_id
    db.execute(update(big_segment_generations).where(mine).values(is_obsolete=True))


def is_any_obsolete(db: Transaction, now: int) -> bool:  # noqa: ARG001 - as a job asks
    return bool(db.value(select(exists().where(_generations.is_obsolete.is_(True)))))


def remove_obsolete(db: Transaction, now: int) -> None:  # noqa: ARG001 - as a job is called
    """Some members of a generation that is no longer used; once there are none, the generation itself."""
    row = db.first(select(big_segment_generations).where(_generations.is_obsolete.is_(True)).limit(1))
    if row is None:
        return
    members = Members(row.project_id, row.segment_id, row.generation)
    some = select(_members.context_key).where(*members.mine).limit(REMOVED_AT_ONCE)
    removal = delete(big_segment_members).where(*members.mine, _members.context_key.in_(some))
    if db.execute(removal).rowcount == 0:
        db.execute(delete(big_segment_generations).where(*members.own_generation))


def _slices(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))

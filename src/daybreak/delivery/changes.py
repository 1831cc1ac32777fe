"""What became of flags and segments from one snapshot to the next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from daybreak.delivery.snapshot import Items, Snapshot


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one flag or segment. `body` is None for one that is gone."""

    collection: str
    key: str
    version: int
    body: bytes | None


@dataclass(frozen=True)
class Batch:
    """Changes that are told together, and the revision of the snapshot that they lead to. `size` is how many
    bytes they are, more or less.
    """

    environment_id: str
    revision: int
    changes: Sequence[Change]
    size: int = field(init=False, default=0, compare=False)
    _encoded: dict[Callable[["Batch"], bytes], bytes] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        size = sum(len(change.body or b"") for change in self.changes)
        object.__setattr__(self, "size", size)

    def encoded(self, encode: Callable[["Batch"], bytes]) -> bytes:
        """Encoded once, however many listen."""
        known = self._encoded.get(encode)
        if known is None:
            known = self._encoded[encode] = encode(self)
        return known


# Nothing has changed. Told now and then, to show that the line is alive.
BEAT = Batch("", 0, ())


def find_changes(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    """Segments come first, so that no flag is sent before what it refers to."""
    for collection in ("segments", "flags"):
        old: Items = getattr(before, collection)
        new: Items = getattr(after, collection)
        for key, item in new.items():
            known = old.get(key)
            # What a backup brought back may be another state of the same version.
            if known is None or known.version != item.version or known.body != item.body:
                yield Change(collection, key, item.version, item.body)
        for key in old.keys() - new.keys():
            # SDKs ignore what is no newer than what they have. What comes back under the key starts above it.
            yield Change(collection, key, old[key].version + 1, None)

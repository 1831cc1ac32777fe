"""What is remembered between requests, valid for one revision of the database."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class RevisionCache(Generic[Value]):
    """The most recently used values, together no heavier than `most`, all forgotten when the database moves
    on. Unless told otherwise each weighs 1.

    A value is stored under the revision that was current *before* it was read: if something was committed
    meanwhile, the value is not kept, so nothing older than the revision can be answered.
    """

    def __init__(self, most: int, weigh: Callable[[Value], int] = lambda value: 1) -> None:  # noqa: ARG005 - whatever it is
        self._most = most
        self._weigh = weigh
        self._weight = 0
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()
        self.revision = 0

    def advance(self, revision: int) -> None:
        """Forgets everything if `revision` is new."""
        with self._lock:
            if revision > self.revision:
                self.revision = revision
                self._values.clear()
                self._weight = 0

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: Hashable, value: Value, *, revision: int) -> None:
        with self._lock:
            if revision != self.revision:
                return
            if key in self._values:
                self._weight -= self._weigh(self._values.pop(key))
            self._values[key] = value
            self._weight += self._weigh(value)
            while self._weight > self._most:
                _, forgotten = self._values.popitem(last=False)
                self._weight -= self._weigh(forgotten)

    def __len__(self) -> int:
        return len(self._values)

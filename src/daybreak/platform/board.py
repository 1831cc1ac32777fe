"""What the processes of one machine show each other in shared memory, without waiting for each other.

A process that is forked from the one that made the board sees the same memory. Each posts in its own place.
"""

from collections.abc import Hashable
from mmap import mmap
from threading import Lock

BYTES_OF_A_NUMBER = 8

# So many marks are remembered, in 8 MB of all processes together, which are taken as they are filled. A mark
# has a few places, and drives out the oldest there.
MARKS, PLACES = 1 << 20, 4
_LARGEST = (1 << 64) - 1


class Board:
    """The newest revision that one of `processes` has committed, and what any of them has marked as seen."""

    def __init__(self, processes: int = 1) -> None:
        self._revisions = _numbers(processes)
        self._marks = _numbers(MARKS)
        self._place = 0
        self._lock = Lock()

    def take_place(self, place: int) -> None:
        """This process is the one with that number, from 0."""
        self._place = place

    def post(self, revision: int) -> None:
        """Shows what was committed; a smaller revision than the one that is shown changes nothing."""
        with self._lock:
            self._revisions[self._place] = max(self._revisions[self._place], revision)

    @property
    def revision(self) -> int:
        return max(self._revisions)

    def is_marked(self, value: Hashable) -> bool:
        """Whether a process marked this value, as far as is remembered."""
        number = hash(value) & _LARGEST
        return number != 0 and number in self._places_of(number)

    def mark(self, value: Hashable) -> None:
        """Processes that mark in the same places at once may lose one of their marks, and nothing else."""
        number = hash(value) & _LARGEST
        places = self._places_of(number)
        places[1:] = places[:-1]
        places[0] = number

    def _places_of(self, number: int) -> memoryview:
        first = number % (MARKS // PLACES) * PLACES
        return self._marks[first : first + PLACES]


def _numbers(count: int) -> memoryview:
    return memoryview(mmap(-1, count * BYTES_OF_A_NUMBER)).cast("Q")

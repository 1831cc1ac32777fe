"""What operators watch that stands in the database: it is asked when they look, and is the same for all
processes.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from daybreak.platform.database import Database, Transaction, read_revision
from daybreak.platform.metrics.exposition import Family

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """A number that the database knows. `name` and `meaning` are those of a gauge."""

    name: str
    meaning: str
    count: Callable[[Transaction], int]


REVISION = Question(
    "daybreak_revision", "The number of the last commit that changed something.", read_revision
)


class Standing:
    """The answers to some questions, in one transaction."""

    def __init__(self, database: Database, questions: Sequence[Question]) -> None:
        self._database = database
        self._questions = questions

    def ask(self) -> list[Family]:
        """Waits for as long as the database takes. Without its answers where it fails."""
        try:
            with self._database.reading() as db:
                counts = [question.count(db) for question in self._questions]
        except Exception:
            logger.exception("the database did not answer what metrics ask")
            return self.silence()
        answers = [
            _gauge(question.name, question.meaning, count)
            for question, count in zip(self._questions, counts, strict=True)
        ]
        return [*answers, _up(1)]

    def silence(self) -> list[Family]:
        """What is said where nobody wants to wait for the database any longer."""
        return [_up(0)]


def _up(is_up: int) -> Family:
    return _gauge("daybreak_database_up", "Whether the database answers within two seconds.", is_up)


def _gauge(name: str, meaning: str, value: int) -> Family:
    return Family(name, meaning, "gauge", {(name, ()): value})

"""What others may ask about insights: the scores of an environment, as plain values."""

from daybreak.areas.insights.scores.operations import Scored, score
from daybreak.areas.insights.scores.scope import Scope
from daybreak.areas.projects.queries import environment
from daybreak.platform.database import Transaction


def environment_scores(db: Transaction, project_key: str, environment_key: str, at: int) -> Scored:
    """The scores of an environment as of `at` (Unix ms). Raises NotFound."""
    return score(db, Scope(environment(db, project_key, environment_key).id), at)

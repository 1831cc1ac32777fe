"""The commits of something whose references to flags are asked for."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Commits:
    """All commits of a pull request, or of what a deployment brought; of one repository or several."""

    repository_ids: Collection[str]
    shas: Collection[str]

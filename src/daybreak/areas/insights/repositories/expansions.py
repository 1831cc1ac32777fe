"""Parts of a repository that a caller may ask for."""

from collections.abc import Sequence
from typing import Any

from daybreak.areas.insights.repositories.model import Repository
from daybreak.areas.insights.repositories.representation import represent_projects
from daybreak.areas.insights.repositories.store import list_project_ids
from daybreak.areas.projects.queries import projects_by_id
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expansion


def load_projects(call: Call, found: Sequence[Repository]) -> dict[str, Any]:
    """The projects each belongs to, as far as the caller may see them."""
    ids = list_project_ids(call.db, [repository.id for repository in found])
    facts = projects_by_id(call.db, {id for of_one in ids.values() for id in of_one})
    seen = {id: fact for id, fact in facts.items() if call.actor.may("viewProject", fact.address)}
    shown = {
        repository.id: sorted(
            (seen[id] for id in ids.get(repository.id, ()) if id in seen), key=lambda fact: fact.key
        )
        for repository in found
    }
    return {id: represent_projects(facts) for id, facts in shown.items()}


EXPANSIONS = (Expansion("projects", "the projects it belongs to", load_projects),)

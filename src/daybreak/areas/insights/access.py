"""Who may see what is computed for an environment: whoever may `viewInsights` on it."""

from daybreak.areas.projects.queries import EnvironmentFact, environment
from daybreak.rest.call import Call

VIEW_INSIGHTS = "viewInsights"


def require_environment(call: Call, project_key: str, environment_key: str) -> EnvironmentFact:
    """Raises NotFound, or Forbidden where the caller may not see its insights."""
    found = environment(call.db, project_key, environment_key)
    call.actor.require((VIEW_INSIGHTS,), found.address)
    return found

"""What would be unsafe about a patch of a migration flag. Nothing is written."""

from daybreak.areas.flags.feature_flags.changing import instruct_in
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.feature_flags.soundness import require_sound
from daybreak.areas.flags.migration_safety.representation import SafetyIssueShape, represent_issues
from daybreak.areas.flags.migration_safety.requests import PlannedPatch
from daybreak.areas.flags.migration_safety.rules import find_issues
from daybreak.areas.projects.queries import environment
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call
from daybreak.rest.operations import read_one


def find_safety_issues(
    call: Call, body: PlannedPatch, project_key: str, flag_key: str, environment_key: str
) -> list[SafetyIssueShape] | None:
    """None where the patch is safe. Raises InvalidRequest for a flag that steers no migration."""
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=flag_key)
    place = environment(call.db, project_key, environment_key)
    if flag.purpose != "migration":
        raise InvalidRequest(f"{flag.key!r} is no migration flag: only those have stages to be safe between")
    after = instruct_in(call, place, flag, body.instructions).after
    require_sound(after)
    added = (each for each in after.variations if not flag.has_variation(each.id))
    stages = (*flag.variations, *added)
    issues = find_issues(stages, flag.in_environment(place.id), after.in_environment(place.id))
    return represent_issues(issues) or None

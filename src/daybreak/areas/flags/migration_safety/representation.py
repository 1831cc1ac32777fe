"""Safety issues as the API shows them."""

from collections.abc import Sequence

from daybreak.areas.flags.migration_safety.rules import Issue
from daybreak.rest.call import Shape


class SafetyIssueShape(Shape):
    """What is unsafe, the rule that causes it, and the rules whose contexts it concerns."""

    causing_rule_id: str
    affected_rule_ids: list[str]
    issue: str
    old_system_affected: bool


def represent_issues(issues: Sequence[Issue]) -> list[SafetyIssueShape]:
    return [
        SafetyIssueShape(
            causing_rule_id=issue.cause,
            affected_rule_ids=list(issue.affected),
            issue=issue.text,
            old_system_affected=issue.is_old_system_affected,
        )
        for issue in issues
    ]

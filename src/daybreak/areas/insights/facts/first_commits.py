"""When work on a pull request began: its first commit, as far as pushes or git told of its commits."""

from collections.abc import Mapping

from daybreak.areas.insights.facts.commit_source import StoredCommits
from daybreak.logic.linking.graph import Commit, new_commits
from daybreak.platform.database import Transaction

# What has more commits than this is no pull request but a history that nobody can tell it from.
MOST_COMMITS = 250

# Down to here a branch may reach the beginning of the history itself; above, it is one whose origin was not
# told.
YOUNG = 1_000


def read_first_commit_at(
    db: Transaction, repository_id: str, head_sha: str | None, base_sha: str | None
) -> int | None:
    """When the earliest commit of `head_sha` that is not in `base_sha` was written; None if that is not
    known.
    """
    if head_sha is None or base_sha is None:
        return None
    source = StoredCommits(db, repository_id, needs_paths=False)
    known = source.load({head_sha, base_sha})
    if head_sha not in known or base_sha not in known:
        return None
    commits = _list_loose(source, head_sha, base_sha)
    if commits is None or known[base_sha].generation < YOUNG:
        commits = {each.sha: each for each in new_commits(head_sha, {base_sha}, source)}
    return min((each.authored_at for each in commits.values()), default=None)


def _list_loose(source: StoredCommits, head_sha: str, base_sha: str) -> Mapping[str, Commit] | None:
    """The commits of a branch whose first push did not say where it left the others; None if it hangs
    together with them.
    """
    found: dict[str, Commit] = {}
    frontier = {head_sha}
    while frontier:
        known = source.load(frontier)
        passed = {sha: known[sha] for sha in frontier if sha in known}
        found |= passed
        if base_sha in found or len(found) > MOST_COMMITS:
            return None
        frontier = {parent for commit in passed.values() for parent in commit.parents} - found.keys()
    return found

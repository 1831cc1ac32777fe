"""Deployments in a row: which change each of them was the first to deliver."""

from collections.abc import Collection, Iterable, Mapping

from daybreak.logic.linking.changes import Change, PullRequest
from daybreak.logic.linking.delivery import delivered_changes, delivered_changes_in_sequence
from daybreak.logic.linking.graph import Commit, CommitsInMemory, generations
from daybreak.logic.linking.paths import touches
from daybreak.logic.linking.subjects import Remarks

#     r - a(#1) - b(#2) - - - d(#4) - M(merges #5: e, f) - g(#6)     main
#            \                           /
#             \       - - - e - f - - -
#              m(#3) - n(#2 picked)                                  1.x
PARENTS = {
    "r": (),
    "a": ("r",),
    "b": ("a",),
    "m": ("a",),
    "n": ("m",),
    "d": ("b",),
    "e": ("b",),
    "f": ("e",),
    "M": ("d", "f"),
    "g": ("M",),
}
SUBJECTS = {
    "a": "one (#1)",
    "b": "two (#2)",
    "m": "three (#3)",
    "n": "two (#2)",
    "d": "four (#4)",
    "M": "Merge pull request #5 from ada/five",
    "g": "six (#6)",
}


class PullRequests:
    """Answers like a store: by number, or by any commit it knows."""

    def __init__(self, *known: PullRequest) -> None:
        self.known = known

    def load(self, numbers: Collection[int], shas: Collection[str]) -> Iterable[PullRequest]:
        return [
            each
            for each in self.known
            if each.number in numbers or {each.merge_sha, each.head_sha, *each.commit_shas} & set(shas)
        ]


class Bodies:
    def __init__(self, **remarks: Remarks) -> None:
        self.remarks = remarks

    def load(self, shas: Collection[str]) -> Mapping[str, Remarks]:
        return {sha: self.remarks[sha] for sha in shas if sha in self.remarks}


def a_history() -> CommitsInMemory:
    heights = generations(PARENTS)
    return CommitsInMemory({
        sha: Commit(
            sha, parents, heights[sha], heights[sha], heights[sha], "Ada", is_bot=False,
            subject=SUBJECTS.get(sha, "Work"), paths=("web/x",) if sha in "abg" else ("docs/x",),
        )
        for sha, parents in PARENTS.items()
    })  # fmt: skip


def deliveries(
    *tips: str, pull_requests: PullRequests | None = None, bodies: Bodies | None = None
) -> list[list[Change]]:
    """Each deployment on its own and all in one go, which must be the same."""
    requests, remarks = pull_requests or PullRequests(), bodies or Bodies()
    together = list(delivered_changes_in_sequence(tips, a_history(), requests, remarks))
    apart: list[list[Change]] = []
    for place, tip in enumerate(tips):
        before = {change.pull_request for changes in apart for change in changes if change.pull_request}
        apart.append(delivered_changes(tip, tips[:place], a_history(), requests, remarks, before))
    assert apart == together
    return together


def numbers(changes: Iterable[Change]) -> list[int | str]:
    return [change.pull_request or change.sha for change in changes]


def test_first_known_deployment__swallows_no_history() -> None:
    assert list(map(numbers, deliveries("b", "d"))) == [[2], [4]]


def test_first_known_deployment__of_a_merge__links_its_pull_request_with_all_its_commits() -> None:
    ((change,),) = deliveries("M")
    assert (change.pull_request, set(change.commits)) == (5, {"M", "e", "f"})


def test_first_known_deployment__of_a_pull_request_head__links_that_one() -> None:
    assert list(map(numbers, deliveries("f", pull_requests=PullRequests(PullRequest(5, head_sha="f"))))) == [
        [5]
    ]


def test_first_known_deployment__of_a_commit_in_no_pull_request__links_that_commit() -> None:
    assert list(map(numbers, deliveries("r", "a"))) == [["r"], [1]]


def test_chronological_predecessor__is_not_the_ancestor() -> None:
    # After d comes a maintenance release n, then main again: nothing of d's history is delivered twice.
    assert list(map(numbers, deliveries("a", "d", "n", "g"))) == [[1], [2, 4], [3], [5, 6]]


def test_picked_pull_request__counts_once_at_its_first_deployment() -> None:
    assert list(map(numbers, deliveries("a", "n", "d"))) == [[1], [3, 2], [4]]


def test_batch_deploy__every_pull_request_in_the_range_counts_once() -> None:
    found = deliveries("a", "g", "n", "g")
    assert list(map(numbers, found)) == [[1], [2, 4, 5, 6], [3], []]


def test_redeploy_same_sha__adds_no_pull_request() -> None:
    assert list(map(numbers, deliveries("a", "b", "b"))) == [[1], [2], []]


def test_rollback__delivers_nothing() -> None:
    assert list(map(numbers, deliveries("a", "d", "b"))) == [[1], [2, 4], []]


def test_result__does_not_depend_on_what_else_was_collected() -> None:
    # Earlier deployments of unknown commits are no baseline: the first known one stays the first.
    assert list(map(numbers, deliveries("unheard-of", "d", "g"))) == [[], [4], [5, 6]]


def test_deployed_sha_is_unknown__links_the_pull_request_that_was_merged_as_it() -> None:
    requests = PullRequests(PullRequest(8, merge_sha="far"), PullRequest(9, merge_sha="farther"))
    assert list(map(numbers, deliveries("a", "far", "far", pull_requests=requests))) == [[1], [8], []]


def test_monorepo__paths_leave_out_changes_but_not_what_was_reached() -> None:
    found = deliveries("a", "d", "g")
    own = [[change for change in changes if touches(change.paths, ["web"])] for changes in found]
    assert list(map(numbers, own)) == [[1], [2], [6]]


def test_body__that_names_a_merge_request__reaches_the_changes() -> None:
    found = deliveries("a", "e", bodies=Bodies(e=Remarks(merge_request=77)))
    assert list(map(numbers, found)) == [[1], [2, 77]]


def test_squash_merge__hides_the_first_commit_that_a_true_merge_shows() -> None:
    assert [change.first_authored_at for change in deliveries("a", "b")[1]] == [None]
    assert [change.first_authored_at for change in deliveries("d", "M")[1]] == [4]

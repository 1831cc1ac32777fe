"""New commits as changes: pull requests, and commits of their own."""

import pytest

from daybreak.logic.linking.changes import (
    Change,
    PullRequest,
    change_without_history,
    changes_of,
    first_parent_line,
)
from daybreak.logic.linking.graph import Commit
from daybreak.logic.linking.subjects import Remarks, Reverted


def a_commit(
    sha: str,
    *parents: str,
    at: int,
    subject: str = "Work",
    authored_at: int | None = None,
    is_bot: bool = False,
    paths: tuple[str, ...] | None = ("web/app.ts",),
) -> Commit:
    """Committed at `at`, which serves as its generation too."""
    authored = at if authored_at is None else authored_at
    return Commit(sha, parents, at, at, authored, "Ada", is_bot, subject, paths)


def numbers_and_commits(changes: list[Change]) -> list[tuple[int | None, set[str]]]:
    return [(change.pull_request, set(change.commits)) for change in changes]


def test_changes_of__nothing_new__is_nothing() -> None:
    assert changes_of([]) == []
    assert first_parent_line([]) == []


def test_changes_of__squash__is_its_pull_request_and_hides_the_first_commit() -> None:
    squash = a_commit("s", "old", at=20, authored_at=15, subject="feat: dark mode (#7)")
    assert changes_of([squash]) == [
        Change(
            pull_request=7,
            sha="s",
            commits=("s",),
            title="feat: dark mode",
            first_authored_at=None,
            authored_at=15,
            merged_at=20,
            is_bot=False,
            reverted=Reverted(),
            paths=frozenset({"web/app.ts"}),
        )
    ]


def test_changes_of__commit_in_no_pull_request__is_its_own_change() -> None:
    commits = [
        a_commit("b", "a", at=30, authored_at=10, paths=None),
        a_commit("a", "old", at=20, is_bot=True),
    ]
    first, second = changes_of(commits)
    assert (first.sha, first.is_bot, first.pull_request) == ("a", True, None)
    assert second == Change(
        None, "b", ("b",), "Work", 10, 10, 30, is_bot=False, reverted=Reverted(), paths=None
    )


def test_changes_of__merge__takes_along_what_only_its_branch_had() -> None:
    #  old - x - - - M      x is a commit of its own
    #     \ y - z - /       y and z came with the pull request
    commits = [
        a_commit(
            "M", "x", "z", at=40, subject="Merge pull request #7 from ada/topic", paths=("web/a", "web/b")
        ),
        a_commit("z", "y", at=30, authored_at=9),
        a_commit("x", "old", at=25),
        a_commit("y", "old", at=20, authored_at=12),
    ]
    own, merged = changes_of(commits)
    assert numbers_and_commits([own, merged]) == [(None, {"x"}), (7, {"M", "y", "z"})]
    assert (merged.sha, merged.first_authored_at, merged.merged_at, merged.title) == ("M", 9, 40, None)
    assert merged.paths == frozenset({"web/a", "web/b"})


def test_changes_of__nested_merges_and_squashes_on_a_branch__belong_to_the_merge_they_came_with() -> None:
    commits = [
        a_commit("M", "old", "n", at=40, subject="Merge pull request #7 from ada/topic"),
        a_commit("n", "s", "q", at=30, subject="Merge pull request #6 from ada/part"),
        a_commit("s", "old", at=20, subject="part (#5)"),
        a_commit("q", "old", at=15),
    ]
    assert numbers_and_commits(changes_of(commits)) == [(7, {"M", "n", "s", "q"})]


def test_changes_of__successive_merges__share_no_commit() -> None:
    #  old - M1 - M2       the second branch had merged main with M1 in it
    commits = [
        a_commit("M2", "M1", "c", at=50, subject="Merge pull request #2 from ada/second"),
        a_commit("c", "b", "M1", at=40, subject="Merge branch 'main' into second"),
        a_commit("M1", "old", "a", at=30, subject="Merge pull request #1 from ada/first"),
        a_commit("b", "old", at=20),
        a_commit("a", "old", at=10),
    ]
    assert numbers_and_commits(changes_of(commits)) == [(1, {"M1", "a"}), (2, {"M2", "b", "c"})]


def test_changes_of__merge_of_a_maintenance_branch__is_no_change_nor_is_what_it_brought() -> None:
    commits = [
        a_commit("M", "x", "m", at=40, subject="Merge branch '1.x'"),
        a_commit("x", "old", at=30, subject="feat (#8)"),
        a_commit("m", "old", at=20, subject="backport (#7)"),
    ]
    assert numbers_and_commits(changes_of(commits)) == [(8, {"x"})]


def test_changes_of__root_commit__ends_the_line() -> None:
    assert numbers_and_commits(changes_of([a_commit("root", at=1)])) == [(None, {"root"})]


def test_changes_of__pull_request_that_landed_twice__is_one_change_by_its_first_landing() -> None:
    commits = [
        a_commit("t", "s", at=30, subject="again (#7)", paths=("docs/x",)),
        a_commit("s", "old", at=20, subject="feat (#7)"),
    ]
    (change,) = changes_of(commits)
    assert (change.sha, change.merged_at, set(change.commits)) == ("s", 20, {"s", "t"})
    assert change.paths == frozenset({"web/app.ts", "docs/x"})


def test_changes_of__one_landing_with_unknown_paths__leaves_all_its_paths_unknown() -> None:
    commits = [
        a_commit("t", "s", at=30, subject="again (#7)", paths=None),
        a_commit("s", at=20, subject="(#7)"),
    ]
    assert changes_of(commits)[0].paths is None


@pytest.mark.parametrize(
    ("pull_request", "merged_at"),
    [
        (PullRequest(7, title="Dark mode", merge_sha="s", head_sha="s"), 20),
        (PullRequest(7, title="Dark mode", head_sha="s"), None),
        (PullRequest(7, title="Dark mode", commit_shas=frozenset({"s"})), None),
    ],
)
def test_changes_of__commit_known_to_a_pull_request__belongs_to_it_and_was_merged_only_as_its_merge_commit(
    pull_request: PullRequest, merged_at: int | None
) -> None:
    (change,) = changes_of([a_commit("s", "old", at=20)], [PullRequest(6), pull_request])
    assert (change.pull_request, change.title, change.merged_at) == (7, "Dark mode", merged_at)


def test_changes_of__deployed_branch_head__stands_for_all_its_known_commits() -> None:
    commits = [a_commit("b", "a", at=30), a_commit("a", "old", at=20)]
    (change,) = changes_of(commits, [PullRequest(7, head_sha="b", commit_shas=frozenset({"a", "b"}))])
    assert (change.sha, set(change.commits), change.merged_at) == ("b", {"a", "b"}, None)


def test_changes_of__commit_that_names_another_pull_request__believes_the_message_over_membership() -> None:
    release = PullRequest(9, head_sha="s", commit_shas=frozenset({"s"}))
    (change,) = changes_of([a_commit("s", "old", at=20, subject="feat (#7)")], [release])
    assert change.pull_request == 7


def test_changes_of__merge_commit_of_a_known_pull_request__believes_that_over_the_message() -> None:
    (change,) = changes_of(
        [a_commit("s", "old", at=20, subject="fixes issue (#3)")],
        [PullRequest(7, merge_sha="s"), PullRequest(8, merge_sha="s")],
    )
    assert change.pull_request == 7


def test_changes_of__gitlab_merge__is_told_by_the_body() -> None:
    commits = [
        a_commit("M", "old", "y", at=40, subject="Merge branch 'topic' into 'main'"),
        a_commit("y", at=20),
    ]
    (change,) = changes_of(commits, remarks={"M": Remarks(merge_request=56)})
    assert (change.pull_request, set(change.commits)) == (56, {"M", "y"})
    assert change.title == "Merge branch 'topic' into 'main'"


@pytest.mark.parametrize(
    ("commits", "pull_request", "is_bot"),
    [
        ([a_commit("s", at=9, subject="bump (#7)", is_bot=True)], None, True),
        ([a_commit("s", at=9, subject="bump (#7)", is_bot=True)], PullRequest(7, author_is_bot=False), False),
        ([a_commit("s", at=9, subject="bump (#7)")], PullRequest(7, author_is_bot=True), True),
        ([a_commit("s", at=9, subject="chore(main): release 1.2.3 (#7)")], None, True),
        (
            [a_commit("s", at=9, subject="x (#7)")],
            PullRequest(7, title="release main", author_is_bot=False),
            True,
        ),
        # Who pressed the button did not write it.
        (
            [
                a_commit("M", "old", "z", at=9, subject="Merge pull request #7 from renovate/x"),
                a_commit("z", "y", at=8),
                a_commit("y", at=7, is_bot=True),
            ],
            None,
            True,
        ),
        (
            [
                a_commit("M", "old", "y", at=9, subject="Merge pull request #7 from a/x", is_bot=True),
                a_commit("y", at=7),
            ],
            None,
            False,
        ),
        (
            [
                a_commit("M", "old", "y", at=9, subject="Merge pull request #7 from a/x"),
                a_commit("y", at=7),
            ],
            PullRequest(7, title="release main"),
            True,
        ),
    ],
)
def test_bots__pull_request_is_theirs_by_author_first_commit_or_release_title(
    commits: list[Commit], pull_request: PullRequest | None, *, is_bot: bool
) -> None:
    (change,) = changes_of(commits, [pull_request] if pull_request else [])
    assert change.is_bot is is_bot


def test_changes_of__reverts_anywhere_in_a_pull_request__are_what_it_takes_back() -> None:
    commits = [
        a_commit("M", "old", "y", at=40, subject="Merge pull request #7 from ada/revert-3-cache"),
        a_commit("y", at=20, subject='Revert "cache (#4)"'),
    ]
    said = {"y": Remarks(reverted=Reverted(shas=frozenset({"a" * 40})))}
    (change,) = changes_of(commits, [PullRequest(7, title='Revert "cache (#5)" (#7)')], said)
    assert change.reverted == Reverted(frozenset({"a" * 40}), frozenset({3, 4, 5}))


def test_changes_of__revert_ending_in_its_own_number__does_not_take_back_itself() -> None:
    (change,) = changes_of([a_commit("s", at=20, subject='Revert "cache (#4)" (#7)')])
    assert change.reverted == Reverted(pull_requests=frozenset({4}))
    title = 'Revert "cache (#7)"'
    (change,) = changes_of([a_commit("s", at=20, subject="x (#7)")], [PullRequest(7, title=title)])
    assert change.reverted == Reverted()


def test_changes_of__revert_without_pull_request__is_a_change_that_takes_back() -> None:
    said = {"s": Remarks(reverted=Reverted(shas=frozenset({"a" * 40})))}
    (change,) = changes_of([a_commit("s", at=20, subject='Revert "cache"')], remarks=said)
    assert change.reverted.shas == {"a" * 40}


def test_change_without_history__deployed_sha_of_a_pull_request__is_that_one_and_knows_no_times() -> None:
    known = [PullRequest(6, merge_sha="x"), PullRequest(7, title='Revert "cache (#4)"', head_sha="s")]
    assert change_without_history("s", known) == Change(
        pull_request=7,
        sha="s",
        commits=("s",),
        title='Revert "cache (#4)"',
        first_authored_at=None,
        authored_at=None,
        merged_at=None,
        is_bot=False,
        reverted=Reverted(pull_requests=frozenset({4})),
        paths=None,
    )


@pytest.mark.parametrize(
    ("pull_request", "is_bot"),
    [
        (PullRequest(7, merge_sha="s", author_is_bot=True), True),
        (PullRequest(7, merge_sha="s", title="release main"), True),
        (PullRequest(7, merge_sha="s"), False),
    ],
)
def test_change_without_history__bots__are_told_by_author_or_title(
    pull_request: PullRequest, *, is_bot: bool
) -> None:
    change = change_without_history("s", [pull_request])
    assert change
    assert change.is_bot is is_bot


def test_change_without_history__unknown_sha__is_nothing() -> None:
    assert change_without_history("s", [PullRequest(7)]) is None

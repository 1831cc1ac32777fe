"""Reading git repositories, each built here by git itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from daybreak.connectors.git.command import (
    GitFailed,
    GitMissing,
    NotARepository,
    read_output,
    stream_fields,
)
from daybreak.connectors.git.commits import read_commits, read_first_parent
from daybreak.connectors.git.differences import LineCounts, read_line_counts, touching
from daybreak.connectors.git.repository import read_repository, read_shas
from daybreak.connectors.git.tags import Tag, read_tags
from daybreak.connectors.message import MessageMarks

NOON = 1_700_000_000  # seconds; commits follow each other by a minute


class Sandbox:
    """A repository in the making, with a clock of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = NOON
        path.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, text: bytes = b"") -> str:
        when = f"{self.clock} +0130"
        person = {"NAME": "Robin", "EMAIL": "robin@example.invalid", "DATE": when}
        surroundings = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull}
        surroundings |= {f"GIT_AUTHOR_{name}": value for name, value in person.items()}
        surroundings |= {f"GIT_COMMITTER_{name}": value for name, value in person.items()}
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(
            command, cwd=self.path, env=surroundings, input=text, capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    def commit(self, message: str | bytes = "Change", *, author: str | None = None, **files: str) -> str:
        for name, content in files.items():
            place = self.path / name.replace("__", "/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content)
        self.git("add", "--all")
        self.clock += 60
        by = [f"--author={author}"] if author else []
        text = message.encode() if isinstance(message, str) else message
        self.git(
            "commit",
            "--quiet",
            "--allow-empty",
            "--allow-empty-message",
            "--cleanup=verbatim",
            *by,
            "--file=-",
            text=text,
        )
        return self.git("rev-parse", "HEAD")

    def merge(self, branch: str, message: str) -> str:
        self.clock += 60
        self.git("merge", "--quiet", "--no-ff", "-m", message, branch)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path / "orchard")


@pytest.fixture
def shallow(sandbox: Sandbox, tmp_path: Path) -> Path:
    for number in range(4):
        sandbox.commit(f"Change {number}", file=f"{number}\n")
    clone = tmp_path / "shallow"
    sandbox.git("clone", "--quiet", "--depth=2", f"file://{sandbox.path}", str(clone))
    return clone


def test_read_repository__without_remote__is_named_after_its_folder(sandbox: Sandbox) -> None:
    tip = sandbox.commit()
    facts = read_repository(sandbox.path)
    assert (facts.key, facts.url, facts.default_branch, facts.tip) == ("orchard", None, "main", tip)
    assert not facts.is_shallow
    assert not facts.is_partial


def test_read_repository__bare__is_read_as_well(sandbox: Sandbox, tmp_path: Path) -> None:
    tip = sandbox.commit()
    sandbox.git("clone", "--quiet", "--bare", str(sandbox.path), str(tmp_path / "mirror.git"))
    facts = read_repository(tmp_path / "mirror.git")
    assert (facts.key, facts.default_branch, facts.tip) == ("orchard", "main", tip)
    sandbox.git("-C", str(tmp_path / "mirror.git"), "remote", "remove", "origin")
    assert read_repository(tmp_path / "mirror.git").key == "mirror"


def test_read_repository__remote_head_is_known__beats_the_branch_checked_out(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    tip = sandbox.commit()
    sandbox.git("branch", "--move", "trunk")
    sandbox.git("clone", "--quiet", str(sandbox.path), str(tmp_path / "clone"))
    sandbox.git("-C", str(tmp_path / "clone"), "checkout", "--quiet", "-b", "topic")
    facts = read_repository(tmp_path / "clone")
    assert (facts.default_branch, facts.tip) == ("trunk", tip)


def test_read_repository__detached__falls_back_to_the_usual_name(sandbox: Sandbox) -> None:
    first, second = sandbox.commit(), sandbox.commit()
    sandbox.git("branch", "--move", "master")
    sandbox.git("checkout", "--quiet", first)
    facts = read_repository(sandbox.path)
    assert (facts.default_branch, facts.tip) == ("master", second)
    sandbox.git("branch", "--move", "master", "topic")
    facts = read_repository(sandbox.path)
    assert (facts.default_branch, facts.tip) == (None, first)


def test_read_repository__no_commit_yet__has_no_tip(sandbox: Sandbox) -> None:
    facts = read_repository(sandbox.path)
    assert (facts.default_branch, facts.tip) == (None, None)


def test_read_repository__not_a_repository__says_so(tmp_path: Path) -> None:
    with pytest.raises(NotARepository, match="is not a git repository"):
        read_repository(tmp_path)
    with pytest.raises(NotARepository, match="there is no folder"):
        read_repository(tmp_path / "nowhere")


def test_read_repository__git_is_not_installed__says_so(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitMissing, match="Install git"):
        read_repository(sandbox.path)


def test_read_repository__asked_from_inside_a_hook__reads_the_given_one(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tip = sandbox.commit()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert read_repository(sandbox.path).tip == tip


def test_read_shas__unknown_and_odd_names__are_left_out(sandbox: Sandbox) -> None:
    tip = sandbox.commit()
    sandbox.git("tag", "v1")
    names = ["v1", "main", tip[:8], "nothing", "--all", "main\nHEAD", "main:file", ""]
    assert read_shas(sandbox.path, names) == {"v1": tip, "main": tip, tip[:8]: tip}
    assert read_shas(sandbox.path, []) == {}


def test_read_tags__both_kinds__take_the_time_somebody_put_them(sandbox: Sandbox) -> None:
    first = sandbox.commit()
    second = sandbox.commit()
    sandbox.git("tag", "light", second)
    sandbox.clock += 3600
    sandbox.git("tag", "-a", "-m", "told", "annotated", first)
    assert read_tags(sandbox.path) == [
        Tag("light", second, (NOON + 120) * 1000, is_annotated=False),
        Tag("annotated", first, (NOON + 3720) * 1000, is_annotated=True),
    ]


def test_read_tags__pointing_elsewhere__only_commits_count(sandbox: Sandbox) -> None:
    sha = sandbox.commit(file="content")
    sandbox.git("tag", "tree", "HEAD^{tree}")
    sandbox.git("tag", "-a", "-m", "a file", "blob", "HEAD:file")
    sandbox.git("tag", "-a", "-m", "inner", "inner")
    sandbox.git("tag", "-a", "-m", "outer", "outer", "inner")
    headless = f"object {sha}\ntype commit\ntag old\n\n".encode()
    old = sandbox.git("hash-object", "-t", "tag", "-w", "--literally", "--stdin", text=headless)
    sandbox.git("update-ref", "refs/tags/old", old)
    assert {(tag.name, tag.sha) for tag in read_tags(sandbox.path)} == {
        (name, sha) for name in ("inner", "outer", "old")
    }


@pytest.mark.parametrize(
    ("glob", "names"),
    [
        ("*", ["flagd-proxy/v0.1.0", "flagd/v0.1.0", "v1.9", "v1.10", "v1.10-rc1"]),
        ("**", ["flagd-proxy/v0.1.0", "flagd/v0.1.0", "v1.9", "v1.10", "v1.10-rc1"]),
        ("flagd/**", ["flagd/v0.1.0"]),
        ("flagd*", ["flagd-proxy/v0.1.0", "flagd/v0.1.0"]),
        ("v1.1[0-9]", ["v1.10"]),
        ("V*", []),
    ],
)
def test_read_tags__glob__matches_as_git_tag_lists(sandbox: Sandbox, glob: str, names: list[str]) -> None:
    sandbox.commit()
    for name in ("v1.10", "v1.9", "v1.10-rc1", "flagd/v0.1.0", "flagd-proxy/v0.1.0"):
        sandbox.git("tag", name)
    assert [tag.name for tag in read_tags(sandbox.path, glob)] == names
    assert sorted(names) == sandbox.git("tag", "--list", glob).split()


def test_read_commits__graph_and_times__parents_come_first(sandbox: Sandbox) -> None:
    root = sandbox.commit("Start", a="1")
    sandbox.git("checkout", "--quiet", "-b", "topic")
    side = sandbox.commit("Side (#7)", author="dependabot[bot] <bot@example.invalid>", topic__b="2")
    sandbox.git("checkout", "--quiet", "main")
    trunk = sandbox.commit("Trunk", c="3")
    merge = sandbox.merge("topic", "Merge pull request #7 from acme/topic")
    commits = {commit.sha: commit for commit in read_commits(sandbox.path, ["main"], with_paths=True)}
    places = list(commits)
    assert (places[0], places[-1], set(places[1:3])) == (root, merge, {side, trunk})
    assert {sha: commit.parents for sha, commit in commits.items()} == {
        root: (),
        side: (root,),
        trunk: (root,),
        merge: (trunk, side),
    }
    assert {sha: commit.paths for sha, commit in commits.items()} == {
        root: ("a",),
        side: ("topic/b",),
        trunk: ("c",),
        merge: ("topic/b",),
    }
    assert commits[root].committed_at == commits[root].authored_at == (NOON + 60) * 1000
    assert [commits[sha].author_is_bot for sha in (root, side)] == [False, True]
    assert commits[merge].subject == "Merge pull request #7 from acme/topic"
    assert all(commit.paths is None for commit in read_commits(sandbox.path, ["main"]))


def test_read_commits__hostile_bytes__stay_within_their_field(sandbox: Sandbox) -> None:
    sandbox.git("config", "i18n.commitEncoding", "unknown-8bit")  # else git repairs what it commits
    subject = b"Odd \x01\x1e\x1f\t\xff caf\xc3\xa9 %x00 \xe2\x80\xa8"
    sha = sandbox.commit(subject + b"\n\n\nbody\n\n", a="1")
    (sandbox.path / "line\nbreak").write_text("2")
    (sandbox.path / "\nfirst").write_text("2")
    last = sandbox.commit("")
    commits = {commit.sha: commit for commit in read_commits(sandbox.path, [last], with_paths=True)}
    assert commits[sha].subject == subject.decode("utf-8", "replace")
    assert commits[sha].paths == ("a",)
    assert commits[last].subject == ""
    assert set(commits[last].paths or ()) == {"line\nbreak", "\nfirst"}
    assert touching(sandbox.path, [last], ["*break"]) == {last}


def test_read_commits__message_body__is_read_for_reverts_and_merge_requests(sandbox: Sandbox) -> None:
    first = sandbox.commit("First (#1)")
    sandbox.commit(
        f'Revert "First (#1)" (#2)\n\nReverts acme/web#1\n\nThis reverts commit {first}.\n\n'
        "See merge request acme/web!1\nCo-authored-by: Ash <a@example.invalid>\n"
        "Co-Authored-By: ash <a@example.invalid>\nCo-authored-by: Bo <b@example.invalid>\n\n"
        "See merge request acme/tools/web!12\n"
    )
    marks = [commit.marks for commit in read_commits(sandbox.path, ["main"])]
    assert marks[0] == MessageMarks()
    assert marks[1].reverted_commits == (first,)
    assert marks[1].reverted_pull_requests == (1,)
    assert (marks[1].merge_request, marks[1].co_authors) == (12, 2)


def test_read_commits__range__starts_where_it_is_told(sandbox: Sandbox) -> None:
    shas = [sandbox.commit(str(number)) for number in range(4)]
    since = [commit.sha for commit in read_commits(sandbox.path, ["main"], (NOON + 180) * 1000)]
    assert since == shas[2:]
    assert [commit.sha for commit in read_commits(sandbox.path, [shas[2], f"^{shas[0]}"])] == shas[1:3]
    assert list(read_commits(sandbox.path, [])) == list(read_commits(sandbox.path, ["main", "^main"])) == []


@pytest.mark.parametrize("revision", ["--output=stolen", "", "main\n--all"])
def test_read_commits__revision_that_is_an_option__is_refused(sandbox: Sandbox, revision: str) -> None:
    sandbox.commit()
    with pytest.raises(GitFailed, match="is not the name of a commit"):
        list(read_commits(sandbox.path, [revision]))


def test_read_commits__unknown_revision__says_what_git_said(sandbox: Sandbox) -> None:
    sandbox.commit()
    with pytest.raises(GitFailed, match=r"git log failed .*nothing-of-the-kind"):
        list(read_commits(sandbox.path, ["nothing-of-the-kind"]))


def test_read_commits__configuration_of_the_repository__changes_nothing(sandbox: Sandbox) -> None:
    sha = sandbox.commit(é="1")
    sandbox.git("config", "log.showSignature", "true")
    sandbox.git("config", "core.quotePath", "true")
    sandbox.git("config", "i18n.logOutputEncoding", "latin1")
    sandbox.git("config", "log.showRoot", "false")
    commits = list(read_commits(sandbox.path, ["main"], with_paths=True))
    assert [(commit.sha, commit.paths) for commit in commits] == [(sha, ("é",))]


def test_read_commits__reader_stops_early__git_is_stopped_too(sandbox: Sandbox) -> None:
    for _ in range(3):
        sandbox.commit()
    stream = read_commits(sandbox.path, ["main"])
    assert isinstance(stream, Iterator)
    assert next(stream).parents == ()
    del stream  # an open pipe would be a warning, and warnings fail the test


def test_read_shallow__edge_of_history__is_marked_and_not_guessed(shallow: Path) -> None:
    facts = read_repository(shallow)
    edge, tip = read_commits(shallow, ["HEAD"], with_paths=True)
    assert (facts.is_shallow, facts.boundary, facts.tip) == (True, frozenset({edge.sha}), tip.sha)
    assert (edge.parents, edge.parents_known, edge.paths) == ((), False, None)
    assert (tip.parents, tip.parents_known, tip.paths) == ((edge.sha,), True, ("file",))
    assert read_line_counts(shallow, [edge.sha, tip.sha]) == {tip.sha: LineCounts(1, 1, 1)}


def test_read_first_parent__merges__hide_what_they_brought(sandbox: Sandbox) -> None:
    root = sandbox.commit()
    sandbox.git("checkout", "--quiet", "-b", "topic")
    sandbox.commit(a="1")
    sandbox.git("checkout", "--quiet", "main")
    merge = sandbox.merge("topic", "Merge")
    chain = read_first_parent(sandbox.path, "main")
    assert [(commit.sha, commit.committed_at) for commit in chain] == [
        (root, (NOON + 60) * 1000),
        (merge, (NOON + 180) * 1000),
    ]
    assert [commit.sha for commit in read_first_parent(sandbox.path, "main", (NOON + 61) * 1000)] == [merge]


def test_touching__side_branches_and_merges__both_count(sandbox: Sandbox) -> None:
    root = sandbox.commit(docs__a="1")
    sandbox.git("checkout", "--quiet", "-b", "topic")
    side = sandbox.commit(server__api__b="1")
    undone = sandbox.commit(docs__a="2")
    sandbox.git("checkout", "--quiet", "main")
    other = sandbox.commit(servers__c="1")
    merge = sandbox.merge("topic", "Merge")
    path = sandbox.path
    assert touching(path, ["main"], ["server"]) == {side, merge}
    assert touching(path, ["main"], ["server/**"]) == {side, merge}
    assert touching(path, ["main"], ["*/b", "servers/c"]) == {side, merge, other}
    assert touching(path, ["main"], ["docs"]) == {root, undone, merge}
    assert touching(path, ["main", f"^{root}"], ["docs"]) == {undone, merge}
    assert touching(path / "docs", ["main"], ["servers"]) == {other}
    assert touching(path, ["main"], ["nowhere"]) == touching(path, ["main"], []) == set()
    assert touching(path, [], ["docs"]) == set()


def test_touching__main_had_the_same_change_already__side_branch_is_still_seen(sandbox: Sandbox) -> None:
    sandbox.commit(a="1")
    sandbox.git("checkout", "--quiet", "-b", "topic")
    side = sandbox.commit(server="2")
    sandbox.git("checkout", "--quiet", "main")
    twin = sandbox.commit(server="2")
    merge = sandbox.merge("topic", "Merge")
    assert touching(sandbox.path, [merge], ["server"]) == {side, twin}


def test_read_line_counts__merge__counts_what_it_brought(sandbox: Sandbox) -> None:
    root = sandbox.commit(a="1\n2\n", b="1\n")
    sandbox.git("checkout", "--quiet", "-b", "topic")
    side = sandbox.commit(a="1\n")
    sandbox.commit(c="1\n2\n3\n")
    sandbox.git("checkout", "--quiet", "main")
    empty = sandbox.commit("Nothing")
    merge = sandbox.merge("topic", "Merge")
    assert read_line_counts(sandbox.path, [root, side, empty, merge]) == {
        root: LineCounts(files=2, added=3, deleted=0),
        side: LineCounts(files=1, added=0, deleted=1),
        empty: LineCounts(files=0, added=0, deleted=0),
        merge: LineCounts(files=2, added=3, deleted=1),
    }
    assert read_line_counts(sandbox.path, []) == {}


def test_read_output__git_takes_too_long__is_stopped(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "slow" / "git"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec /bin/sleep 30\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    with pytest.raises(GitFailed, match=r"git log took longer than 0\.1 seconds"):
        read_output(sandbox.path, "log", timeout_seconds=0.1)
    with pytest.raises(GitFailed, match=r"git log took longer than 0\.1 seconds"):
        list(stream_fields(sandbox.path, "log", timeout_seconds=0.1))

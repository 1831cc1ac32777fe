"""What a repository is: its key, its address, its default branch, and how much of its history is here."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from daybreak.connectors.git.command import read_output

SCP_ADDRESS = re.compile(r"^(?:[^@/]+@)?(?P<host>[^:/]+):(?!//)(?P<path>.+)$")
KEY_FORBIDS = re.compile(r"[^A-Za-z0-9._/-]+")
USUAL_BRANCHES = ("main", "master")
REMOTE = "refs/remotes/origin/"
LOCAL = "refs/heads/"


@dataclass(frozen=True, slots=True)
class RepositoryFacts:
    """`tip` is the newest commit of the default branch; both are None in a repository without commits."""

    key: str
    url: str | None
    default_branch: str | None
    tip: str | None
    is_shallow: bool
    is_partial: bool
    boundary: frozenset[str]


def read_repository(repository: Path) -> RepositoryFacts:
    remote = _ask(repository, "config", "--get", "remote.origin.url")
    filters = _ask(repository, "config", "--get-regexp", r"^remote\..*\.promisor$")
    key, url = parse_address(remote)
    branch, tip = _default_branch(repository)
    boundary = read_boundary(repository)
    return RepositoryFacts(
        key=key or _folder_name(repository),
        url=url,
        default_branch=branch,
        tip=tip,
        is_shallow=bool(boundary),
        is_partial=bool(filters),
        boundary=boundary,
    )


def read_boundary(repository: Path) -> frozenset[str]:
    """The oldest commits of a shallow clone: they have parents, but nobody here knows them."""
    shared = _ask(repository, "rev-parse", "--git-common-dir")
    try:
        lines = (repository / shared / "shallow").read_text("ascii").split()
    except FileNotFoundError:
        return frozenset()
    return frozenset(lines)


def read_shas(repository: Path, revisions: Collection[str]) -> dict[str, str]:
    """Revision -> the commit it names; what names no commit here is left out."""
    asked = [revision for revision in dict.fromkeys(revisions) if "\n" not in revision]
    if not asked:
        return {}
    answer = _ask(
        repository,
        "cat-file",
        "--batch-check=%(objectname) %(objecttype)",
        lines=[f"{revision}^{{commit}}" for revision in asked],
    )
    found = zip(asked, answer.split("\n"), strict=False)
    return {revision: line.split(" ")[0] for revision, line in found if line.endswith(" commit")}


def parse_address(remote: str) -> tuple[str | None, str | None]:
    """(`owner/name`, web address) of a remote; never the credentials that may stand in it."""
    if "://" in remote:
        try:
            parts = urlsplit(remote)
        except ValueError:  # brackets that hold no address
            return None, None
        host, path = parts.hostname, parts.path
        if parts.scheme == "file":
            host = None
    elif match := SCP_ADDRESS.match(remote):
        host, path = match["host"], match["path"]
    else:
        host, path = None, remote
    path = path.strip("/").removesuffix(".git")
    if host is None:
        # The folders above a local repository say nothing about it.
        return _as_key(path.rpartition("/")[2]), None
    return _as_key(path), f"https://{host}/{path}" if path else None


def _default_branch(repository: Path) -> tuple[str | None, str | None]:
    published = _ask(repository, "symbolic-ref", "--quiet", f"{REMOTE}HEAD").removeprefix(REMOTE)
    current = _ask(repository, "symbolic-ref", "--quiet", "HEAD").removeprefix(LOCAL)
    wanted = [name for name in dict.fromkeys((published, current, *USUAL_BRANCHES)) if name]
    # A clone's own branch before the remote's: it is what its owner sees.
    places = {name: [f"{LOCAL}{name}", f"{REMOTE}{name}"] for name in wanted}
    known = read_shas(repository, [*(place for pair in places.values() for place in pair), "HEAD"])
    for name, pair in places.items():
        for place in pair:
            if place in known:
                return name, known[place]
    return None, known.get("HEAD")


def _folder_name(repository: Path) -> str:
    bare = _ask(repository, "rev-parse", "--is-bare-repository") == "true"
    top = _ask(repository, "rev-parse", "--absolute-git-dir" if bare else "--show-toplevel")
    return _as_key(Path(top).name.removesuffix(".git")) or "repository"


def _as_key(text: str) -> str | None:
    return KEY_FORBIDS.sub("-", text).strip("/-") or None


def _ask(repository: Path, *arguments: str, lines: Collection[str] = ()) -> str:
    return (read_output(repository, *arguments, lines=lines, may_fail=True) or "").rstrip("\n")

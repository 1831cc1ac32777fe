"""Repositories whose code is scanned for flags, and what the scan of a branch found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodeRepository:
    """A repository as a scanner names it. No two have the same `key`, which is the name in lower case."""

    id: str
    key: str
    name: str
    type: str
    source_link: str
    commit_url_template: str
    hunk_url_template: str
    default_branch: str
    enabled: bool
    created_at: int
    version: int


@dataclass(frozen=True, slots=True)
class CodeBranch:
    """A branch as it was scanned last. `digest` tells whether a scan found anything else than the last."""

    id: str
    repository_id: str
    name: str
    head: str
    update_sequence_id: int | None
    sync_time: int
    commit_time: int | None
    digest: str
    version: int


@dataclass(frozen=True, slots=True)
class CodeReference:
    """One hunk of a file that mentions a flag. What the scanner did not tell is empty."""

    branch_id: str
    position: int
    project_key: str
    flag_key: str
    path: str
    hint: str
    starting_line_number: int
    lines: str
    aliases: tuple[str, ...]
    content_hash: str


@dataclass(frozen=True, slots=True)
class Extinction:
    """The revision with which the last mention of a flag left a branch."""

    id: str
    repository_id: str
    branch_name: str
    project_key: str
    flag_key: str
    revision: str
    message: str
    time: int


@dataclass(frozen=True, slots=True)
class ReferenceCount:
    """How often the default branch of a repository mentions a flag, and when that branch last changed."""

    flag_key: str
    repository_id: str
    hunks: int
    files: int
    commit_time: int | None


@dataclass(frozen=True, slots=True)
class ReferenceChange:
    """How a scan of the default branch differs from the one before it, at `previous_head`, for one flag.

    `is_first`: the branch did not mention the flag before.
    """

    repository_id: str
    head: str
    project_key: str
    flag_key: str
    previous_head: str
    added: int
    removed: int
    is_first: bool

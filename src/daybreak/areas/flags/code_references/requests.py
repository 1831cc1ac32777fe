"""What callers may send about code references. Scanners send null for lists that are empty."""

from typing import Annotated, Literal

import msgspec

from daybreak.rest.call import Body, Query
from daybreak.rest.keys import Instant

DEFAULT_BRANCH = "main"

RepositoryName = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-zA-Z0-9_.-]+(/[a-zA-Z0-9_.-]+)*$(?!\n)",
        min_length=1,
        max_length=256,
        description="as the scanner names it; letter case does not count",
    ),
]
RepositoryType = Literal["bitbucket", "custom", "github", "gitlab"]
Template = Annotated[str, msgspec.Meta(max_length=2_000)]
BranchName = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
Word = Annotated[str, msgspec.Meta(max_length=256)]
FilePath = Annotated[str, msgspec.Meta(min_length=1, max_length=4_096)]
Lines = Annotated[str, msgspec.Meta(max_length=100_000)]
LineNumber = Annotated[int, msgspec.Meta(ge=0, lt=2**31)]
SequenceId = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
BranchNames = Annotated[list[BranchName], msgspec.Meta(max_length=10_000)]


class NewCodeRepository(Body):
    """A repository to create."""

    name: RepositoryName
    source_link: Template = ""
    commit_url_template: Template = ""
    hunk_url_template: Template = ""
    type: RepositoryType = "custom"
    default_branch: Annotated[str, msgspec.Meta(max_length=256)] = DEFAULT_BRANCH


class CodeRepositoryFields(NewCodeRepository):
    """What a patch of a repository may change."""

    enabled: bool = True


class Hunk(Body):
    """Some lines of a file that mention a flag."""

    starting_line_number: LineNumber
    lines: Lines | None = None
    project_key: Word | None = msgspec.field(default=None, name="projKey")
    flag_key: Word | None = None
    aliases: Annotated[list[Word], msgspec.Meta(max_length=1_000)] | None = None
    content_hash: Word | None = None


class FileReferences(Body):
    """A file, and where it mentions flags."""

    path: FilePath
    hunks: list[Hunk] | None
    hint: Word | None = None


class ScannedBranch(Body):
    """A branch as a scan found it. Its references replace those that were known."""

    name: BranchName
    head: Word
    sync_time: Instant
    update_sequence_id: SequenceId | None = None
    commit_time: Instant | None = None
    references: list[FileReferences] | None = None


class NewExtinction(Body):
    """A revision with which the last mention of a flag went."""

    revision: Word
    message: Annotated[str, msgspec.Meta(max_length=100_000)]
    time: Instant
    project_key: Word = msgspec.field(name="projKey")
    flag_key: Word


NewExtinctions = Annotated[list[NewExtinction], msgspec.Meta(max_length=10_000)]

ProjectKey = Annotated[str | None, msgspec.Meta(description="references to flags of this project alone")]
FlagKey = Annotated[str | None, msgspec.Meta(description="references to this flag alone")]


class ReferencesQuery(Query):
    """Which references of a branch to show."""

    project_key: ProjectKey = msgspec.field(default=None, name="projKey")
    flag_key: FlagKey = None


class RepositoriesQuery(ReferencesQuery):
    """What to show of each repository. A flag asks for the references to it."""

    with_branches: Annotated[str | None, msgspec.Meta(description="any value: with branches")] = None
    with_references_for_default_branch: Annotated[
        str | None, msgspec.Meta(description="any value: with branches, and references of the default one")
    ] = None


class StatisticsQuery(Query):
    """Which flags to count."""

    flag_key: FlagKey = None


class ExtinctionsQuery(Query):
    """Which extinctions to show. `from` and `to` are given together."""

    repository_name: Annotated[str | None, msgspec.Meta(description="of this repository alone")] = (
        msgspec.field(default=None, name="repoName")
    )
    branch_name: Annotated[
        str | None, msgspec.Meta(description="on this branch; without it, on default branches")
    ] = None
    project_key: ProjectKey = msgspec.field(default=None, name="projKey")
    flag_key: FlagKey = None
    start: Instant | None = msgspec.field(default=None, name="from")
    end: Instant | None = msgspec.field(default=None, name="to")

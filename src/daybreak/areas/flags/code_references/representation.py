"""Repositories, branches, references, extinctions and statistics as the API shows them."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter

import msgspec

from daybreak.areas.flags.code_references.model import (
    CodeBranch,
    CodeReference,
    CodeRepository,
    Extinction,
    ReferenceCount,
)
from daybreak.areas.flags.code_references.requests import RepositoryType
from daybreak.rest.access import AccessibleShape
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, link, links, path

REPOSITORIES = "/api/v2/code-refs/repositories"
EXTINCTIONS = "/api/v2/code-refs/extinctions"
STATISTICS = "/api/v2/code-refs/statistics"


class HunkShape(Shape):
    """Some lines of a file that mention a flag."""

    starting_line_number: int
    lines: str
    project_key: str = msgspec.field(name="projKey")
    flag_key: str
    aliases: list[str]
    content_hash: str | msgspec.UnsetType = msgspec.UNSET


class ReferenceShape(Shape):
    """A file, and where it mentions flags."""

    path: str
    hunks: list[HunkShape]
    hint: str | msgspec.UnsetType = msgspec.UNSET


class BranchShape(Shape):
    """A branch, with its references where they were asked for."""

    name: str
    head: str
    sync_time: int
    links_: Links = msgspec.field(name="_links")
    update_sequence_id: int | msgspec.UnsetType = msgspec.UNSET
    commit_time: int | msgspec.UnsetType = msgspec.UNSET
    references: list[ReferenceShape] | msgspec.UnsetType = msgspec.UNSET


class CodeRepositoryShape(AccessibleShape, kw_only=True):
    """A repository, with its branches where they were asked for."""

    name: str
    source_link: str
    commit_url_template: str
    hunk_url_template: str
    type: RepositoryType
    default_branch: str
    enabled: bool
    version: int
    links_: Links = msgspec.field(name="_links")
    branches: list[BranchShape] | msgspec.UnsetType = msgspec.UNSET


class ExtinctionShape(Shape):
    """The revision with which the last mention of a flag went."""

    revision: str
    message: str
    time: int
    flag_key: str
    project_key: str = msgspec.field(name="projKey")


class ExtinctionsShape(Shape):
    """Extinctions by the key of the flag."""

    items: dict[str, list[ExtinctionShape]]
    links_: Links = msgspec.field(name="_links")


class StatisticShape(Shape):
    """How often the default branch of one repository mentions a flag."""

    name: str
    type: RepositoryType
    source_link: str
    default_branch: str
    enabled: bool
    version: int
    hunk_count: int
    file_count: int
    links_: Links = msgspec.field(name="_links")
    latest_commit_time: int | msgspec.UnsetType = msgspec.UNSET


class StatisticsShape(Shape):
    """Statistics by the key of the flag, one for each repository that mentions it."""

    flags: dict[str, list[StatisticShape]]
    links_: Links = msgspec.field(name="_links")


class StatisticsRootShape(Shape):
    """Where the statistics of each project are."""

    projects: list[dict[str, str]]
    self_: dict[str, str] = msgspec.field(name="self")


def repository_path(name: str) -> str:
    return path(f"{REPOSITORIES}/{{name}}", name=name)


def branches_path(repository: str) -> str:
    return f"{repository_path(repository)}/branches"


def branch_path(repository: str, name: str) -> str:
    return path(f"{REPOSITORIES}/{{repository}}/branches/{{name}}", repository=repository, name=name)


def _known(value: int | None) -> int | msgspec.UnsetType:
    return msgspec.UNSET if value is None else value


def represent_references(found: Sequence[CodeReference]) -> list[ReferenceShape]:
    """Hunks of one file follow each other."""
    return [
        ReferenceShape(
            path=place, hint=hint or msgspec.UNSET, hunks=[_represent_hunk(each) for each in hunks]
        )
        for (place, hint), hunks in groupby(found, attrgetter("path", "hint"))
    ]


def _represent_hunk(reference: CodeReference) -> HunkShape:
    return HunkShape(
        starting_line_number=reference.starting_line_number,
        lines=reference.lines,
        project_key=reference.project_key,
        flag_key=reference.flag_key,
        aliases=list(reference.aliases),
        content_hash=reference.content_hash or msgspec.UNSET,
    )


def represent_branch(
    repository: CodeRepository, branch: CodeBranch, references: Sequence[CodeReference] | None = None
) -> BranchShape:
    """Without `references` none are shown; an empty sequence says that there are none."""
    return BranchShape(
        name=branch.name,
        head=branch.head,
        update_sequence_id=_known(branch.update_sequence_id),
        sync_time=branch.sync_time,
        commit_time=_known(branch.commit_time),
        references=msgspec.UNSET if references is None else represent_references(references),
        links_=links(self=branch_path(repository.name, branch.name), parent=branches_path(repository.name)),
    )


def represent_repository(
    repository: CodeRepository,
    branches: Sequence[CodeBranch] | None = None,
    references: Mapping[str, Sequence[CodeReference]] | None = None,
) -> CodeRepositoryShape:
    """`references` are by the id of the branch; without `branches` none are shown."""
    shown = [represent_branch(repository, each, (references or {}).get(each.id)) for each in branches or ()]
    return CodeRepositoryShape(
        name=repository.name,
        source_link=repository.source_link,
        commit_url_template=repository.commit_url_template,
        hunk_url_template=repository.hunk_url_template,
        type=msgspec.convert(repository.type, RepositoryType),
        default_branch=repository.default_branch,
        enabled=repository.enabled,
        version=repository.version,
        branches=msgspec.UNSET if branches is None else shown,
        links_=links(
            self=repository_path(repository.name),
            parent=REPOSITORIES,
            branches=branches_path(repository.name),
        ),
    )


def represent_extinctions(found: Sequence[Extinction]) -> ExtinctionsShape:
    items: dict[str, list[ExtinctionShape]] = {}
    for each in found:
        items.setdefault(each.flag_key, []).append(represent_extinction(each))
    return ExtinctionsShape(items=items, links_=links(self=EXTINCTIONS))


def represent_extinction(extinction: Extinction) -> ExtinctionShape:
    return ExtinctionShape(
        revision=extinction.revision,
        message=extinction.message,
        time=extinction.time,
        flag_key=extinction.flag_key,
        project_key=extinction.project_key,
    )


def statistics_path(project_key: str) -> str:
    return path(f"{STATISTICS}/{{key}}", key=project_key)


def represent_statistics_root(project_keys: Sequence[str]) -> StatisticsRootShape:
    return StatisticsRootShape(
        projects=[link(statistics_path(key)) for key in project_keys], self_=link(STATISTICS)
    )


def represent_statistics(
    project_key: str, counts: Sequence[ReferenceCount], repositories: Mapping[str, CodeRepository]
) -> StatisticsShape:
    """`repositories` are those counted, by id."""
    flags: dict[str, list[StatisticShape]] = {}
    for count in counts:
        shape = _represent_statistic(count, repositories[count.repository_id])
        flags.setdefault(count.flag_key, []).append(shape)
    return StatisticsShape(flags=flags, links_=links(self=statistics_path(project_key)))


def _represent_statistic(count: ReferenceCount, repository: CodeRepository) -> StatisticShape:
    return StatisticShape(
        name=repository.name,
        type=msgspec.convert(repository.type, RepositoryType),
        source_link=repository.source_link,
        default_branch=repository.default_branch,
        enabled=repository.enabled,
        version=repository.version,
        hunk_count=count.hunks,
        file_count=count.files,
        latest_commit_time=_known(count.commit_time),
        links_=links(self=repository_path(repository.name)),
    )

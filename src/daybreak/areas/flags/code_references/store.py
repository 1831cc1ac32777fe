"""Code references in the database. What is asked about flags is asked of default branches."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, distinct, func, select

from daybreak.areas.flags.code_references.model import (
    CodeBranch,
    CodeReference,
    CodeRepository,
    Extinction,
    ReferenceChange,
    ReferenceCount,
)
from daybreak.areas.flags.code_references.tables import (
    code_branches,
    code_extinctions,
    code_reference_changes,
    code_references,
    code_repositories,
)
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import TableStore

repository_store = TableStore(CodeRepository, code_repositories)
branch_store = TableStore(CodeBranch, code_branches)
_reference_store = TableStore(CodeReference, code_references)
_extinction_store = TableStore(Extinction, code_extinctions)
_change_store = TableStore(ReferenceChange, code_reference_changes)

Where = Sequence[ColumnElement[bool]]

# A statement binds a bounded number of values.
HEADS_AT_ONCE = 5_000

_IS_DEFAULT = and_(
    code_branches.c.repository_id == code_repositories.c.id,
    code_branches.c.name == code_repositories.c.default_branch,
)


def repository_key(name: str) -> str:
    """What tells repositories apart: letter case does not."""
    return name.lower()


def find_repository(db: Transaction, name: str) -> CodeRepository:
    """Raises NotFound."""
    found = repository_store.find(db, code_repositories.c.key == repository_key(name))
    if found is None:
        raise NotFound(f"Invalid resource identifier: there is no code reference repository {name!r}")
    return found


def repositories_by_id(db: Transaction, ids: Collection[str]) -> dict[str, CodeRepository]:
    return {each.id: each for each in repository_store.list_where(db, code_repositories.c.id.in_(ids))}


def find_branch(db: Transaction, repository: CodeRepository, name: str) -> CodeBranch:
    """Raises NotFound."""
    found = find_scanned(db, repository, name)
    if found is None:
        raise NotFound(
            f"Invalid resource identifier: no branch {name!r} of {repository.name!r} has been scanned"
        )
    return found


def find_scanned(db: Transaction, repository: CodeRepository, name: str) -> CodeBranch | None:
    """The branch, or None before its first scan."""
    table = code_branches.c
    return branch_store.find(db, table.repository_id == repository.id, table.name == name)


def list_branches(
    db: Transaction, repository_ids: Collection[str], names: Collection[str] | None = None
) -> dict[str, list[CodeBranch]]:
    """The branches of repositories, by the repository's id and in the order of their names. One query."""
    where = [code_branches.c.repository_id.in_(repository_ids)]
    if names is not None:
        where.append(code_branches.c.name.in_(names))
    found: dict[str, list[CodeBranch]] = defaultdict(list)
    for branch in branch_store.list_where(db, *where, order_by=(code_branches.c.name,)):
        found[branch.repository_id].append(branch)
    return found


def replace_references(db: Transaction, branch_id: str, references: Sequence[CodeReference]) -> None:
    db.execute(delete(code_references).where(code_references.c.branch_id == branch_id))
    db.insert(code_references, [_reference_store.to_row(each) for each in references])


def count_stored_mentions(db: Transaction, branch_id: str) -> dict[tuple[str, str, str], int]:
    """How often each file of a branch mentions each flag, by project, flag and path."""
    place = code_references.c.project_key, code_references.c.flag_key, code_references.c.path
    counted = select(*place, func.count().label("number")).where(code_references.c.branch_id == branch_id)
    return {
        (row.project_key, row.flag_key, row.path): row.number for row in db.rows(counted.group_by(*place))
    }


def replace_changes(
    db: Transaction, repository_id: str, head: str, changes: Sequence[ReferenceChange]
) -> None:
    """Keeps what the scan at `head` changed. A branch may come back to a commit: its last scan counts."""
    table = code_reference_changes.c
    db.execute(delete(code_reference_changes).where(table.repository_id == repository_id, table.head == head))
    db.insert(code_reference_changes, [_change_store.to_row(each) for each in changes])


def list_changes(db: Transaction, heads: Collection[str], where: Where = ()) -> list[ReferenceChange]:
    """What the scans at these commits changed; `where` narrows the repositories."""
    wanted, found = sorted(heads), list[ReferenceChange]()
    joined = select(code_reference_changes).join(
        code_repositories, code_repositories.c.id == code_reference_changes.c.repository_id
    )
    for start in range(0, len(wanted), HEADS_AT_ONCE):
        part = code_reference_changes.c.head.in_(wanted[start : start + HEADS_AT_ONCE])
        found += [_change_store.from_row(row) for row in db.rows(joined.where(part, *where))]
    return found


def list_references(
    db: Transaction, branch_ids: Collection[str], project_key: str | None, flag_key: str | None
) -> dict[str, list[CodeReference]]:
    """What branches mention, by the branch's id and as the scan told it; of one project or flag if named."""
    found: dict[str, list[CodeReference]] = {id: [] for id in branch_ids}
    where = [code_references.c.branch_id.in_(branch_ids), *_about(project_key, flag_key)]
    order = (code_references.c.branch_id, code_references.c.position)
    for reference in _reference_store.list_where(db, *where, order_by=order):
        found[reference.branch_id].append(reference)
    return found


def _about(project_key: str | None, flag_key: str | None) -> list[ColumnElement[bool]]:
    given = {code_references.c.project_key: project_key, code_references.c.flag_key: flag_key}
    return [column == key for column, key in given.items() if key is not None]


def list_counts(
    db: Transaction, project_key: str, flag_key: str | None = None, where: Where = ()
) -> list[ReferenceCount]:
    """How often default branches mention flags of a project; `where` narrows the repositories."""
    columns = (code_references.c.flag_key, code_branches.c.repository_id, code_branches.c.commit_time)
    files = func.count(distinct(code_references.c.path)).label("files")
    counted = _on_default_branches(select(*columns, func.count().label("hunks"), files))
    narrowed = counted.where(*_about(project_key, flag_key), *where).group_by(*columns)
    rows = db.rows(narrowed.order_by(code_references.c.flag_key, code_branches.c.repository_id))
    return [
        ReferenceCount(row.flag_key, row.repository_id, row.hunks, row.files, row.commit_time) for row in rows
    ]


def _on_default_branches(wanted: Select[Any]) -> Select[Any]:
    """The references, with the default branches and repositories they are in."""
    return (
        wanted.select_from(code_references)
        .join(code_branches, code_branches.c.id == code_references.c.branch_id)
        .join(code_repositories, _IS_DEFAULT)
    )


def list_project_keys(db: Transaction, where: Where) -> list[str]:
    """The projects whose flags default branches mention, whether or not there still are such projects."""
    wanted = _on_default_branches(select(code_references.c.project_key).distinct())
    return [row.project_key for row in db.rows(wanted.where(*where))]


def about_flags(flag_keys: Collection[str]) -> ColumnElement[bool]:
    return code_references.c.flag_key.in_(flag_keys)


def keys_with_more_files(project_key: str, files: int, where: Where) -> Select[Any]:
    """The keys of the project's flags that more files of default branches mention; `where` narrows the
    repositories.
    """
    columns = code_references.c.flag_key, code_references.c.branch_id
    counted = _on_default_branches(
        select(*columns, func.count(distinct(code_references.c.path)).label("files"))
    )
    of_branches = counted.where(*_about(project_key, None), *where).group_by(*columns).subquery()
    of_flags = select(of_branches.c.flag_key).group_by(of_branches.c.flag_key)
    return of_flags.having(func.sum(of_branches.c.files) > files)


def reference_counts(db: Transaction, project_key: str) -> Mapping[str, int]:
    """How many files of default branches mention a flag, by its key. Flags that none mentions are missing."""
    files: Counter[str] = Counter()
    for count in list_counts(db, project_key):
        files[count.flag_key] += count.files
    return files


def flag_keys_of(
    db: Transaction, repository_names: Collection[str], project_key: str | None = None
) -> Mapping[str, frozenset[str]]:
    """The flags that the default branch of each repository mentions, by the name that was asked for.

    Keys are unique within a project only: without one, flags of several projects may share a key.
    """
    names = {repository_key(name) for name in repository_names}
    wanted = _on_default_branches(select(code_repositories.c.key, code_references.c.flag_key).distinct())
    found: dict[str, set[str]] = defaultdict(set)
    narrowed = wanted.where(code_repositories.c.key.in_(names), *_about(project_key, None))
    for row in db.rows(narrowed):
        found[row.key].add(row.flag_key)
    return {name: frozenset(found[repository_key(name)]) for name in repository_names}


def known_extinctions(db: Transaction, ids: Collection[str]) -> set[str]:
    wanted = select(code_extinctions.c.id).where(code_extinctions.c.id.in_(ids))
    return {row.id for row in db.rows(wanted)}


def keep_extinctions(db: Transaction, extinctions: Sequence[Extinction]) -> None:
    db.insert(code_extinctions, [_extinction_store.to_row(each) for each in extinctions])


def list_extinctions(db: Transaction, where: Where, branch_name: str | None) -> list[Extinction]:
    """Of one branch, or of the default branch of each repository; the latest first."""
    branch = code_repositories.c.default_branch if branch_name is None else branch_name
    wanted = (
        select(code_extinctions)
        .join(code_repositories, code_repositories.c.id == code_extinctions.c.repository_id)
        .where(code_extinctions.c.branch_name == branch, *where)
        .order_by(code_extinctions.c.time.desc(), code_extinctions.c.id)
    )
    return [_extinction_store.from_row(row) for row in db.rows(wanted)]

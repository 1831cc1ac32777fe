"""Repositories and their branches. Policies name both as `code-reference-repository/shop`."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import ColumnElement

from daybreak.areas.flags.code_references.model import CodeBranch, CodeRepository
from daybreak.areas.flags.code_references.representation import (
    REPOSITORIES,
    BranchShape,
    CodeRepositoryShape,
    branch_path,
    repository_path,
    represent_branch,
    represent_repository,
)
from daybreak.areas.flags.code_references.requests import DEFAULT_BRANCH, CodeRepositoryFields
from daybreak.areas.flags.code_references.store import (
    branch_store,
    find_branch,
    find_repository,
    repositories_by_id,
    repository_key,
    repository_store,
)
from daybreak.areas.flags.code_references.tables import code_branches, code_repositories
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.visibility import Level, Located

KIND = "code-reference-repository"
VIEW = "viewCodeRefsRepository"


def _everywhere(call: Call) -> Sequence[ColumnElement[bool]]:  # noqa: ARG001 - the account has one list
    return ()


def repository_address(repository: CodeRepository) -> Address:
    return Address.of((KIND, repository.name))


def _addresses(db: Transaction, repositories: Sequence[CodeRepository]) -> list[Address]:  # noqa: ARG001 - the shape of all addresses
    return [repository_address(repository) for repository in repositories]


def _place(db: Transaction, repository: CodeRepository) -> Place:  # noqa: ARG001 - the shape of all places
    return Place(
        repository.name, repository_path(repository.name), "code reference repositories", REPOSITORIES
    )


def _represent(
    call: Call,  # noqa: ARG001 - the shape of every representation
    repositories: Sequence[CodeRepository],
    expanded: Expanded,  # noqa: ARG001 - there are no expansions
) -> list[CodeRepositoryShape]:
    return [represent_repository(repository) for repository in repositories]


def _read_fields(repository: CodeRepository) -> CodeRepositoryFields:
    return msgspec.convert(repository, CodeRepositoryFields, from_attributes=True)


def _write_fields(repository: CodeRepository, fields: CodeRepositoryFields) -> CodeRepository:
    values = msgspec.structs.asdict(fields)
    default_branch = fields.default_branch or DEFAULT_BRANCH
    return replace(
        repository, **{**values, "key": repository_key(fields.name), "default_branch": default_branch}
    )


_CONFIGURE = "updateCodeRefsRepositoryConfiguration"

CODE_REPOSITORY: Resource[CodeRepository] = Resource(
    kind=KIND,
    specifier="code-reference-repository/*",
    store=repository_store,
    find=lambda call, repo: find_repository(call.db, repo),
    within=_everywhere,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action=VIEW,
    located=(Located((Level(KIND, code_repositories.c.name),)),),
    tells=("updateCodeRefsRepositoryBranches", "deleteCodeRefsRepository"),
    unique=(code_repositories.c.key,),
    editing=Editing(
        fields=CodeRepositoryFields,
        read=_read_fields,
        write=_write_fields,
        actions={
            "/name": "updateCodeRefsRepositoryName",
            "/enabled": "updateCodeRefsRepositoryOn",
            "/type": _CONFIGURE,
            "/sourceLink": _CONFIGURE,
            "/commitUrlTemplate": _CONFIGURE,
            "/hunkUrlTemplate": _CONFIGURE,
            "/defaultBranch": _CONFIGURE,
        },
    ),
)


def _find_branch(call: Call, repo: str, branch: str) -> CodeBranch:
    return find_branch(call.db, find_repository(call.db, repo), branch)


def _branches_within(call: Call, repo: str) -> Sequence[ColumnElement[bool]]:
    return (code_branches.c.repository_id == find_repository(call.db, repo).id,)


def _branch_addresses(db: Transaction, branches: Sequence[CodeBranch]) -> list[Address]:
    parents = repositories_by_id(db, {branch.repository_id for branch in branches})
    return [repository_address(parents[branch.repository_id]) for branch in branches]


def _branch_place(db: Transaction, branch: CodeBranch) -> Place:
    parent = repositories_by_id(db, {branch.repository_id})[branch.repository_id]
    return Place(
        branch.name, branch_path(parent.name, branch.name), parent.name, repository_path(parent.name)
    )


def _represent_branches(
    call: Call,
    branches: Sequence[CodeBranch],
    expanded: Expanded,  # noqa: ARG001 - there are no expansions
) -> list[BranchShape]:
    parents = repositories_by_id(call.db, {branch.repository_id for branch in branches})
    return [represent_branch(parents[branch.repository_id], branch) for branch in branches]


# The audit log keeps that a branch was scanned, and not what was found there: that may be megabytes.
CODE_BRANCH: Resource[CodeBranch] = Resource(
    kind="code-reference-branch",
    specifier="code-reference-repository/*",
    store=branch_store,
    find=_find_branch,
    within=_branches_within,
    addresses=_branch_addresses,
    place=_branch_place,
    represent=_represent_branches,
    view_action=VIEW,
    unique=(code_branches.c.repository_id, code_branches.c.name),
)

"""What scanners tell: what they found on a branch, which branches are gone, and where a last mention went."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import msgspec

from daybreak.areas.flags.code_references.differences import Scans, count_mentions, list_differences
from daybreak.areas.flags.code_references.model import CodeBranch, CodeReference, CodeRepository, Extinction
from daybreak.areas.flags.code_references.representation import (
    branch_path,
    repository_path,
    represent_extinction,
)
from daybreak.areas.flags.code_references.requests import (
    BranchNames,
    FileReferences,
    NewExtinctions,
    ScannedBranch,
)
from daybreak.areas.flags.code_references.resource import (
    CODE_BRANCH,
    CODE_REPOSITORY,
    repository_address,
)
from daybreak.areas.flags.code_references.store import (
    count_stored_mentions,
    find_scanned,
    keep_extinctions,
    known_extinctions,
    list_branches,
    replace_changes,
    replace_references,
)
from daybreak.platform import audit
from daybreak.platform.errors import FieldFault, UpdateSequenceConflict, ValidationFailed
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change, create, read_one, remove

UPDATE_BRANCHES = "updateCodeRefsRepositoryBranches"


def put_branch(call: Call, body: ScannedBranch, repo: str, branch: str) -> None:
    """Takes the outcome of a scan in place of the last one.

    Raises:
        UpdateSequenceConflict: a scan that was told before this one is as new or newer.
        ValidationFailed: the body is about another branch than the path.

    """
    repository = _require_branches(call, repo)
    if body.name != branch:
        raise ValidationFailed(FieldFault("name", f"the path names the branch {branch!r}"))
    before = find_scanned(call.db, repository, branch)
    after = _scanned(repository, before, body)
    if before is None:
        create(call, CODE_BRANCH, after, UPDATE_BRANCHES)
    else:
        change(call, CODE_BRANCH, before, Edit(after, (UPDATE_BRANCHES,), ""))
    # Most scans find what the last one found: thousands of rows stay as they are.
    if before is None or before.digest != after.digest:
        references = _references(after.id, body.references or ())
        if before is not None and after.name == repository.default_branch:
            _note_changes(call, before, after, references)
        replace_references(call.db, after.id, references)


def _note_changes(
    call: Call, before: CodeBranch, after: CodeBranch, references: Sequence[CodeReference]
) -> None:
    """Of the first scan nobody can say what was there already; of a second at one commit, what changed."""
    if before.head == after.head:
        return
    differences = list_differences(
        Scans(after.repository_id, before.head, after.head),
        count_stored_mentions(call.db, before.id),
        count_mentions(references),
    )
    replace_changes(call.db, after.repository_id, after.head, differences)


def _require_branches(call: Call, repo: str) -> CodeRepository:
    """The repository, if the caller may tell about its branches."""
    repository = read_one(call, CODE_REPOSITORY, repo=repo)
    call.actor.require((UPDATE_BRANCHES,), repository_address(repository))
    return repository


def _scanned(repository: CodeRepository, before: CodeBranch | None, body: ScannedBranch) -> CodeBranch:
    last = before.update_sequence_id if before is not None else None
    if body.update_sequence_id is not None and last is not None and body.update_sequence_id <= last:
        raise UpdateSequenceConflict(
            f"updateSequenceId is {body.update_sequence_id}, and the last scan of {body.name!r} had {last}: "
            "send a greater one, or none to replace that scan in any case"
        )
    scanned = CodeBranch(
        id=object_id(),
        repository_id=repository.id,
        name=body.name,
        head=body.head,
        # A scan without a number does not make older ones acceptable again.
        update_sequence_id=last if body.update_sequence_id is None else body.update_sequence_id,
        sync_time=body.sync_time,
        commit_time=body.commit_time,
        digest=sha256(msgspec.json.encode(body.references or ())).hexdigest(),
        version=1,
    )
    return scanned if before is None else replace(scanned, id=before.id, version=before.version)


def _references(branch_id: str, files: Sequence[FileReferences]) -> list[CodeReference]:
    hunks = [(file, hunk) for file in files for hunk in file.hunks or ()]
    return [
        CodeReference(
            branch_id=branch_id,
            position=position,
            project_key=hunk.project_key or "",
            flag_key=hunk.flag_key or "",
            path=file.path,
            hint=file.hint or "",
            starting_line_number=hunk.starting_line_number,
            lines=hunk.lines or "",
            aliases=tuple(hunk.aliases or ()),
            content_hash=hunk.content_hash or "",
        )
        for position, (file, hunk) in enumerate(hunks)
    ]


def delete_branches(call: Call, body: BranchNames, repo: str) -> None:
    """Branches that are not known are left alone: a scanner names those that its clone no longer has."""
    repository = _require_branches(call, repo)
    for branch in list_branches(call.db, {repository.id}, set(body)).get(repository.id, ()):
        remove(call, CODE_BRANCH, branch, UPDATE_BRANCHES)


def post_extinctions(call: Call, body: NewExtinctions, repo: str, branch: str) -> None:
    """Keeps what is new: a scanner that looks back tells the same again with every scan."""
    repository = _require_branches(call, repo)
    scanned = read_one(call, CODE_BRANCH, repo=repo, branch=branch)
    told = {each.id: each for each in _extinctions(scanned, body)}
    known = known_extinctions(call.db, told)
    fresh = [extinction for id, extinction in told.items() if id not in known]
    if not fresh:
        return
    keep_extinctions(call.db, fresh)
    entry = audit.AuditEntry(
        kind=CODE_BRANCH.kind,
        resource_id=scanned.id,
        address=str(repository_address(repository)),
        name=scanned.name,
        title_verb=f"recorded extinctions in the {CODE_BRANCH.kind}",
        actions=(UPDATE_BRANCHES,),
        path=branch_path(repository.name, scanned.name),
        parent_name=repository.name,
        parent_path=repository_path(repository.name),
        after={"extinctions": [msgspec.to_builtins(represent_extinction(each)) for each in fresh]},
    )
    audit.record(call.db, call.actor, call.now, entry)


def _extinctions(branch: CodeBranch, body: NewExtinctions) -> list[Extinction]:
    return [
        Extinction(
            id=sha256(
                msgspec.json.encode(
                    (branch.repository_id, branch.name, each.project_key, each.flag_key, each.revision)
                )
            ).hexdigest(),
            repository_id=branch.repository_id,
            branch_name=branch.name,
            project_key=each.project_key,
            flag_key=each.flag_key,
            revision=each.revision,
            message=each.message,
            time=each.time,
        )
        for each in body
    ]

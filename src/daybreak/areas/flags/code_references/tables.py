"""Repositories, their scanned branches, where these mention flags, what scans changed about that, and where a
flag was mentioned last.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from daybreak.platform.columns import (
    document,
    flag,
    identifier,
    milliseconds,
    number,
    reference,
    text,
    version,
)
from daybreak.platform.database import metadata
from daybreak.platform.spreading import REPOSITORY, spread_by

code_repositories = Table(
    "code_repositories",
    metadata,
    identifier(),
    # The name without its letter case, by which it is found.
    text("key"),
    text("name"),
    text("type"),
    text("source_link"),
    text("commit_url_template"),
    text("hunk_url_template"),
    text("default_branch"),
    flag("enabled"),
    milliseconds("created_at"),
    version(),
    UniqueConstraint("key"),
)

code_branches = Table(
    "code_branches",
    metadata,
    identifier(),
    reference("repository_id", "code_repositories.id"),
    text("name"),
    text("head"),
    Column("update_sequence_id", BigInteger),
    milliseconds("sync_time"),
    milliseconds("commit_time", optional=True),
    text("digest"),
    version(),
    UniqueConstraint("repository_id", "name"),
)

# One row for each hunk. Flags are named by key, not by id: code may mention one that is not there any more,
# or not yet.
code_references = Table(
    "code_references",
    metadata,
    Column("branch_id", Text, ForeignKey("code_branches.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    text("project_key"),
    text("flag_key"),
    text("path"),
    text("hint"),
    number("starting_line_number"),
    text("lines"),
    document("aliases"),
    text("content_hash"),
    Index("ix_code_references_flag", "project_key", "flag_key", "branch_id"),
)

# They outlive their branch: what happened stays true. The id is made from what tells one from another.
code_extinctions = Table(
    "code_extinctions",
    metadata,
    identifier(),
    reference("repository_id", "code_repositories.id", index=True),
    text("branch_name"),
    text("project_key"),
    text("flag_key"),
    text("revision"),
    text("message"),
    milliseconds("time"),
    Index("ix_code_extinctions_flag", "project_key", "flag_key"),
)

# What the scan of a default branch at `head` found that the one before it, at `previous_head`, had not, and
# what it missed. They outlive the references, which the next scan replaces.
code_reference_changes = Table(
    "code_reference_changes",
    metadata,
    Column("repository_id", Text, ForeignKey("code_repositories.id", ondelete="CASCADE"), primary_key=True),
    Column("head", Text, primary_key=True),
    Column("project_key", Text, primary_key=True),
    Column("flag_key", Text, primary_key=True),
    text("previous_head"),
    number("added"),
    number("removed"),
    flag("is_first"),
    # Commits are asked about by their SHAs, which tell repositories apart too.
    Index("ix_code_reference_changes_head", "head"),
    info=spread_by(REPOSITORY),
)

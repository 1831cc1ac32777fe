"""What the scores are computed from. Rows are written once, when a fact becomes known, with everything that a
score needs beside it, so that scores and charts are ranges of one index.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, UniqueConstraint

from daybreak.platform.columns import (
    document,
    flag,
    identifier,
    milliseconds,
    number,
    part_of_key,
    reference,
    text,
    version,
)
from daybreak.platform.database import metadata
from daybreak.platform.spreading import PROJECT, REPOSITORY, spread_by

# Scores are read from the index alone: where they name the project, it is in there.
WITH_PROJECT: dict[str, Any] = {"postgresql_include": [PROJECT]}

repositories = Table(
    "repositories",
    metadata,
    identifier(),
    text("key"),
    text("type"),
    text("url"),
    text("main_branch"),
    milliseconds("created_at"),
    version(),
    UniqueConstraint("key"),
)

repository_projects = Table(
    "repository_projects",
    metadata,
    reference("repository_id", "repositories.id"),
    reference("project_id", "projects.id", index=True),
    UniqueConstraint("repository_id", "project_id"),
)

# Which repository, and which paths of it, an application in an environment is built from.
sources = Table(
    "sources",
    metadata,
    identifier(),
    reference("environment_id", "environments.id"),
    text("application_key"),
    reference("repository_id", "repositories.id", index=True),
    document("path_globs"),
    UniqueConstraint("environment_id", "application_key", "repository_id"),
)

# `parents` are full SHAs separated by spaces; `remarks` is what the commit's body says, None if it says
# nothing; `paths` are those the commit touched, None where unknown.
commits = Table(
    "commits",
    metadata,
    part_of_key(REPOSITORY),
    part_of_key("sha"),
    text("parents"),
    number("generation"),
    milliseconds("authored_at"),
    milliseconds("committed_at"),
    text("author"),
    flag("is_bot"),
    text("subject"),
    document("remarks", optional=True),
    document("paths", optional=True),
    Index("ix_commits_generation", "repository_id", "generation"),
)

# `version` is the tag's name in the alphabet of deployment versions.
repository_tags = Table(
    "repository_tags",
    metadata,
    part_of_key(REPOSITORY),
    part_of_key("name"),
    text("version"),
    text("sha"),
    milliseconds("at"),
    Index("ix_repository_tags_version", "repository_id", "version"),
    info=spread_by(REPOSITORY),
)

# A change is a pull request, or a commit that belongs to none (`kind`). `external_id` is the number or the
# SHA. An instant that no source told is None; `is_partial` says that the lead time starts later than the work
# did. `listed_at` is when it was merged, else closed, else created. `seen_at` is how a provider last saw it,
# None if only the history told of it. `commit_shas` are commits of it besides the one that landed.
changes = Table(
    "changes",
    metadata,
    identifier(),
    reference("repository_id", "repositories.id"),
    text("kind"),
    text("external_id"),
    text("title"),
    text("author"),
    flag("is_bot"),
    text("status"),
    milliseconds("first_commit_at", optional=True),
    milliseconds("created_at", optional=True),
    milliseconds("ready_at", optional=True),
    milliseconds("merged_at", optional=True),
    milliseconds("closed_at", optional=True),
    milliseconds("listed_at"),
    text("merge_sha", optional=True),
    text("head_sha", optional=True),
    text("base_sha", optional=True),
    document("reverted", optional=True),
    document("commit_shas", optional=True),
    milliseconds("seen_at", optional=True),
    flag("is_draft"),
    number("files_changed"),
    number("lines_added"),
    number("lines_deleted"),
    number("contributors"),
    flag("is_partial"),
    text("url"),
    UniqueConstraint("repository_id", "kind", "external_id"),
    Index("ix_changes_merge", "repository_id", "merge_sha"),
    Index("ix_changes_head", "repository_id", "head_sha"),
    Index("ix_changes_listed", "repository_id", "kind", "listed_at", "id"),
)

# `at` is when a deployment ended, or started where it has not ended. `ordinal` counts the starts of one
# version. `is_counted`: ended as finished or failed, and not archived. `failed_at` is when it was known to
# have failed, by its own event or by what undid it. `previous_same_version_at` is when the same version last
# finished before. `external_id` is what a provider calls it whose events name the deployment they belong to.
deployments = Table(
    "deployments",
    metadata,
    identifier(),
    Column(PROJECT, Text, ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True),
    reference("environment_id", "environments.id"),
    text("application_key"),
    text("kind"),
    text("application_version"),
    text("version_name"),
    number("ordinal"),
    text("external_id", optional=True),
    text("status"),
    milliseconds("started_at", optional=True),
    milliseconds("ended_at", optional=True),
    milliseconds("at"),
    document("metadata"),
    document("event_metadata"),
    flag("is_archived"),
    flag("is_counted"),
    text("repository_id", optional=True),
    text("commit_sha", optional=True),
    text("unresolved_reason", optional=True),
    milliseconds("failed_at", optional=True),
    text("failure_reason", optional=True),
    text("undone_by", optional=True),
    milliseconds("recovered_at", optional=True),
    flag("is_rework"),
    milliseconds("previous_same_version_at", optional=True),
    number("pull_requests"),
    number("contributors"),
    number("lines_added"),
    number("lines_deleted"),
    milliseconds("lead_time", optional=True),
    version(),
    UniqueConstraint(
        "environment_id",
        "application_key",
        "application_version",
        "ordinal",
        PROJECT,
        name="uq_deployments_run",
    ),
    Index("ix_deployments_page", "environment_id", "at", "id"),
    Index("ix_deployments_scope", "environment_id", "application_key", "at", "id"),
    Index("ix_deployments_commit", "environment_id", "application_key", "commit_sha"),
    Index("ix_deployments_unresolved", "project_id", "unresolved_reason"),
    Index(
        "ix_deployments_score",
        "environment_id",
        "is_counted",
        "ended_at",
        "status",
        "failed_at",
        "previous_same_version_at",
        "application_key",
        **WITH_PROJECT,
    ),
    Index(
        "ix_deployments_application_score",
        "environment_id",
        "application_key",
        "is_counted",
        "ended_at",
        "status",
        "failed_at",
        "previous_same_version_at",
        **WITH_PROJECT,
    ),
    info=spread_by(PROJECT),
)

# One row per change and application it was first delivered by. `is_first`: nothing delivered the change to
# this environment earlier. Durations are None where a boundary is unknown; `lead_ms` is the whole.
deployment_changes = Table(
    "deployment_changes",
    metadata,
    part_of_key("deployment_id"),
    part_of_key("change_id"),
    part_of_key(PROJECT),
    text("environment_id"),
    text("application_key"),
    milliseconds("ended_at"),
    flag("is_bot"),
    flag("is_first"),
    flag("is_partial"),
    flag("is_clipped"),
    milliseconds("lead_ms"),
    milliseconds("coding_ms", optional=True),
    milliseconds("review_ms", optional=True),
    milliseconds("wait_ms", optional=True),
    milliseconds("deploy_ms", optional=True),
    Index("ix_deployment_changes_change", "change_id", "environment_id"),
    Index(
        "ix_deployment_changes_score",
        "environment_id",
        "is_first",
        "is_bot",
        "ended_at",
        "lead_ms",
        **WITH_PROJECT,
    ),
    Index(
        "ix_deployment_changes_application_score",
        "environment_id",
        "application_key",
        "is_bot",
        "ended_at",
        "lead_ms",
        **WITH_PROJECT,
    ),
    info=spread_by(PROJECT),
)

# Deployments whose rows are gone, by the day (UTC) that they ended on, which `at` begins. `previous_day` is
# when the same version last finished before, `failed_day` when a failure was known: the beginning of that
# day, or NEVER.
NEVER = 0
deployment_days = Table(
    "deployment_days",
    metadata,
    Column("environment_id", Text, ForeignKey("environments.id", ondelete="CASCADE"), primary_key=True),
    part_of_key("application_key"),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    part_of_key("kind"),
    part_of_key("status"),
    Column("previous_day", BigInteger, primary_key=True, autoincrement=False),
    Column("failed_day", BigInteger, primary_key=True, autoincrement=False),
    part_of_key(PROJECT),
    number("number"),
    Index("ix_deployment_days_at", "environment_id", "at"),
    info=spread_by(PROJECT),
)

# Which applications were ever deployed to an environment. What came before `kept_since` is final: the rows of
# all but a few of these deployments may be gone.
environment_applications = Table(
    "environment_applications",
    metadata,
    reference("environment_id", "environments.id"),
    text("application_key"),
    text("kind"),
    milliseconds("first_at"),
    milliseconds("kept_since", optional=True),
    UniqueConstraint("environment_id", "application_key"),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("source", Text, primary_key=True),
    Column("delivery_id", Text, primary_key=True),
    milliseconds("at"),
)

insight_groups = Table(
    "insight_groups",
    metadata,
    identifier(),
    text("key"),
    text("name"),
    reference("project_id", "projects.id", index=True),
    reference("environment_id", "environments.id", index=True),
    document("application_keys"),
    milliseconds("created_at"),
    version(),
    UniqueConstraint("key"),
)

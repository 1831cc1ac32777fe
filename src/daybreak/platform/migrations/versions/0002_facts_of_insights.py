"""facts of insights"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('commits',
    sa.Column('repository_id', sa.Text(), nullable=False),
    sa.Column('sha', sa.Text(), nullable=False),
    sa.Column('parents', sa.Text(), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('authored_at', sa.BigInteger(), nullable=False),
    sa.Column('committed_at', sa.BigInteger(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('is_bot', sa.Boolean(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('remarks', sa.Text(), nullable=True),
    sa.Column('paths', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('repository_id', 'sha', name=op.f('pk_commits'))
    )
    with op.batch_alter_table('commits', schema=None) as batch_op:
        batch_op.create_index('ix_commits_generation', ['repository_id', 'generation'], unique=False)

    op.create_table('deployment_changes',
    sa.Column('deployment_id', sa.Text(), nullable=False),
    sa.Column('change_id', sa.Text(), nullable=False),
    sa.Column('environment_id', sa.Text(), nullable=False),
    sa.Column('application_key', sa.Text(), nullable=False),
    sa.Column('ended_at', sa.BigInteger(), nullable=False),
    sa.Column('is_bot', sa.Boolean(), nullable=False),
    sa.Column('is_first', sa.Boolean(), nullable=False),
    sa.Column('is_partial', sa.Boolean(), nullable=False),
    sa.Column('is_clipped', sa.Boolean(), nullable=False),
    sa.Column('lead_ms', sa.BigInteger(), nullable=False),
    sa.Column('coding_ms', sa.BigInteger(), nullable=True),
    sa.Column('review_ms', sa.BigInteger(), nullable=True),
    sa.Column('wait_ms', sa.BigInteger(), nullable=True),
    sa.Column('deploy_ms', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('deployment_id', 'change_id', name=op.f('pk_deployment_changes'))
    )
    with op.batch_alter_table('deployment_changes', schema=None) as batch_op:
        batch_op.create_index('ix_deployment_changes_application_score', ['environment_id', 'application_key', 'is_bot', 'ended_at', 'lead_ms'], unique=False)
        batch_op.create_index('ix_deployment_changes_change', ['change_id', 'environment_id'], unique=False)
        batch_op.create_index('ix_deployment_changes_score', ['environment_id', 'is_first', 'is_bot', 'ended_at', 'lead_ms'], unique=False)

    op.create_table('repositories',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('main_branch', sa.Text(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repositories')),
    sa.UniqueConstraint('key', name=op.f('uq_repositories_key'))
    )

    op.create_table('repository_tags',
    sa.Column('repository_id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('sha', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('repository_id', 'name', name=op.f('pk_repository_tags'))
    )
    with op.batch_alter_table('repository_tags', schema=None) as batch_op:
        batch_op.create_index('ix_repository_tags_version', ['repository_id', 'version'], unique=False)

    op.create_table('webhook_deliveries',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('delivery_id', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('source', 'delivery_id', name=op.f('pk_webhook_deliveries'))
    )

    op.create_table('changes',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('repository_id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('external_id', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('is_bot', sa.Boolean(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('first_commit_at', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.BigInteger(), nullable=True),
    sa.Column('ready_at', sa.BigInteger(), nullable=True),
    sa.Column('merged_at', sa.BigInteger(), nullable=True),
    sa.Column('closed_at', sa.BigInteger(), nullable=True),
    sa.Column('listed_at', sa.BigInteger(), nullable=False),
    sa.Column('merge_sha', sa.Text(), nullable=True),
    sa.Column('head_sha', sa.Text(), nullable=True),
    sa.Column('base_sha', sa.Text(), nullable=True),
    sa.Column('reverted', sa.Text(), nullable=True),
    sa.Column('commit_shas', sa.Text(), nullable=True),
    sa.Column('seen_at', sa.BigInteger(), nullable=True),
    sa.Column('is_draft', sa.Boolean(), nullable=False),
    sa.Column('files_changed', sa.Integer(), nullable=False),
    sa.Column('lines_added', sa.Integer(), nullable=False),
    sa.Column('lines_deleted', sa.Integer(), nullable=False),
    sa.Column('contributors', sa.Integer(), nullable=False),
    sa.Column('is_partial', sa.Boolean(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['repository_id'], ['repositories.id'], name=op.f('fk_changes_repository_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_changes')),
    sa.UniqueConstraint('repository_id', 'kind', 'external_id', name=op.f('uq_changes_repository_id_kind_external_id'))
    )
    with op.batch_alter_table('changes', schema=None) as batch_op:
        batch_op.create_index('ix_changes_head', ['repository_id', 'head_sha'], unique=False)
        batch_op.create_index('ix_changes_listed', ['repository_id', 'kind', 'listed_at', 'id'], unique=False)
        batch_op.create_index('ix_changes_merge', ['repository_id', 'merge_sha'], unique=False)

    op.create_table('repository_projects',
    sa.Column('repository_id', sa.Text(), nullable=False),
    sa.Column('project_id', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_repository_projects_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['repository_id'], ['repositories.id'], name=op.f('fk_repository_projects_repository_id'), ondelete='CASCADE'),
    sa.UniqueConstraint('repository_id', 'project_id', name=op.f('uq_repository_projects_repository_id_project_id'))
    )
    with op.batch_alter_table('repository_projects', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_repository_projects_project_id'), ['project_id'], unique=False)

    op.create_table('deployments',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('project_id', sa.Text(), nullable=False),
    sa.Column('environment_id', sa.Text(), nullable=False),
    sa.Column('application_key', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('application_version', sa.Text(), nullable=False),
    sa.Column('version_name', sa.Text(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('external_id', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('started_at', sa.BigInteger(), nullable=True),
    sa.Column('ended_at', sa.BigInteger(), nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('metadata', sa.Text(), nullable=False),
    sa.Column('event_metadata', sa.Text(), nullable=False),
    sa.Column('is_archived', sa.Boolean(), nullable=False),
    sa.Column('is_counted', sa.Boolean(), nullable=False),
    sa.Column('repository_id', sa.Text(), nullable=True),
    sa.Column('commit_sha', sa.Text(), nullable=True),
    sa.Column('unresolved_reason', sa.Text(), nullable=True),
    sa.Column('failed_at', sa.BigInteger(), nullable=True),
    sa.Column('failure_reason', sa.Text(), nullable=True),
    sa.Column('undone_by', sa.Text(), nullable=True),
    sa.Column('recovered_at', sa.BigInteger(), nullable=True),
    sa.Column('is_rework', sa.Boolean(), nullable=False),
    sa.Column('previous_same_version_at', sa.BigInteger(), nullable=True),
    sa.Column('pull_requests', sa.Integer(), nullable=False),
    sa.Column('contributors', sa.Integer(), nullable=False),
    sa.Column('lines_added', sa.Integer(), nullable=False),
    sa.Column('lines_deleted', sa.Integer(), nullable=False),
    sa.Column('lead_time', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['environment_id'], ['environments.id'], name=op.f('fk_deployments_environment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_deployments_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deployments')),
    sa.UniqueConstraint('environment_id', 'application_key', 'application_version', 'ordinal', name=op.f('uq_deployments_environment_id_application_key_application_version_ordinal'))
    )
    with op.batch_alter_table('deployments', schema=None) as batch_op:
        batch_op.create_index('ix_deployments_application_score', ['environment_id', 'application_key', 'is_counted', 'ended_at', 'status', 'failed_at', 'previous_same_version_at'], unique=False)
        batch_op.create_index('ix_deployments_commit', ['environment_id', 'application_key', 'commit_sha'], unique=False)
        batch_op.create_index('ix_deployments_page', ['environment_id', 'at', 'id'], unique=False)
        batch_op.create_index('ix_deployments_scope', ['environment_id', 'application_key', 'at', 'id'], unique=False)
        batch_op.create_index('ix_deployments_score', ['environment_id', 'is_counted', 'ended_at', 'status', 'failed_at', 'previous_same_version_at', 'application_key'], unique=False)
        batch_op.create_index('ix_deployments_unresolved', ['project_id', 'unresolved_reason'], unique=False)

    op.create_table('environment_applications',
    sa.Column('environment_id', sa.Text(), nullable=False),
    sa.Column('application_key', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('first_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['environment_id'], ['environments.id'], name=op.f('fk_environment_applications_environment_id'), ondelete='CASCADE'),
    sa.UniqueConstraint('environment_id', 'application_key', name=op.f('uq_environment_applications_environment_id_application_key'))
    )

    op.create_table('insight_groups',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('project_id', sa.Text(), nullable=False),
    sa.Column('environment_id', sa.Text(), nullable=False),
    sa.Column('application_keys', sa.Text(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['environment_id'], ['environments.id'], name=op.f('fk_insight_groups_environment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_insight_groups_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_insight_groups')),
    sa.UniqueConstraint('key', name=op.f('uq_insight_groups_key'))
    )
    with op.batch_alter_table('insight_groups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_insight_groups_environment_id'), ['environment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_insight_groups_project_id'), ['project_id'], unique=False)

    op.create_table('sources',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('environment_id', sa.Text(), nullable=False),
    sa.Column('application_key', sa.Text(), nullable=False),
    sa.Column('repository_id', sa.Text(), nullable=False),
    sa.Column('path_globs', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['environment_id'], ['environments.id'], name=op.f('fk_sources_environment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['repository_id'], ['repositories.id'], name=op.f('fk_sources_repository_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sources')),
    sa.UniqueConstraint('environment_id', 'application_key', 'repository_id', name=op.f('uq_sources_environment_id_application_key_repository_id'))
    )
    with op.batch_alter_table('sources', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sources_repository_id'), ['repository_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('sources', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sources_repository_id'))

    op.drop_table('sources')
    with op.batch_alter_table('insight_groups', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_insight_groups_project_id'))
        batch_op.drop_index(batch_op.f('ix_insight_groups_environment_id'))

    op.drop_table('insight_groups')
    op.drop_table('environment_applications')
    with op.batch_alter_table('deployments', schema=None) as batch_op:
        batch_op.drop_index('ix_deployments_unresolved')
        batch_op.drop_index('ix_deployments_score')
        batch_op.drop_index('ix_deployments_scope')
        batch_op.drop_index('ix_deployments_page')
        batch_op.drop_index('ix_deployments_commit')
        batch_op.drop_index('ix_deployments_application_score')

    op.drop_table('deployments')
    with op.batch_alter_table('repository_projects', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_repository_projects_project_id'))

    op.drop_table('repository_projects')
    with op.batch_alter_table('changes', schema=None) as batch_op:
        batch_op.drop_index('ix_changes_merge')
        batch_op.drop_index('ix_changes_listed')
        batch_op.drop_index('ix_changes_head')

    op.drop_table('changes')
    op.drop_table('webhook_deliveries')
    with op.batch_alter_table('repository_tags', schema=None) as batch_op:
        batch_op.drop_index('ix_repository_tags_version')

    op.drop_table('repository_tags')
    op.drop_table('repositories')
    with op.batch_alter_table('deployment_changes', schema=None) as batch_op:
        batch_op.drop_index('ix_deployment_changes_score')
        batch_op.drop_index('ix_deployment_changes_change')
        batch_op.drop_index('ix_deployment_changes_application_score')

    op.drop_table('deployment_changes')
    with op.batch_alter_table('commits', schema=None) as batch_op:
        batch_op.drop_index('ix_commits_generation')

    op.drop_table('commits')

"""the first tables"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('access_tokens',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('inline_role', sa.Text(), nullable=False),
    sa.Column('is_service', sa.Boolean(), nullable=False),
    sa.Column('api_version', sa.Integer(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('ending', sa.Text(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('modified_at', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_tokens')),
    sa.UniqueConstraint('digest', name=op.f('uq_access_tokens_digest'))
    )
    with op.batch_alter_table('access_tokens', schema=None) as batch_op:
        batch_op.create_index('ix_access_tokens_created_at', ['created_at', 'id'], unique=False)

    op.create_table('applications',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('auto_added', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_applications')),
    sa.UniqueConstraint('key', name=op.f('uq_applications_key'))
    )

    op.create_table('audit_entries',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('resource_id', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('title_verb', sa.Text(), nullable=False),
    sa.Column('actions', sa.Text(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('actor_kind', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.Text(), nullable=False),
    sa.Column('actor_name', sa.Text(), nullable=False),
    sa.Column('actor_ending', sa.Text(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('parent_name', sa.Text(), nullable=False),
    sa.Column('parent_path', sa.Text(), nullable=False),
    sa.Column('previous_version', sa.Text(), nullable=True),
    sa.Column('current_version', sa.Text(), nullable=True),
    sa.Column('delta', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries'))
    )
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entries_at', ['at', 'id'], unique=False)
        batch_op.create_index('ix_audit_entries_resource', ['kind', 'resource_id', 'at'], unique=False)

    op.create_table('job_leases',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('holder', sa.Text(), nullable=False),
    sa.Column('free_at', sa.BigInteger(), nullable=False),
    sa.Column('last_run_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_job_leases'))
    )

    op.create_table('outbox',
    sa.Column('revision', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('resource_id', sa.Text(), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('revision', 'position', name=op.f('pk_outbox'))
    )

    op.create_table('projects',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('tags', sa.Text(), nullable=False),
    sa.Column('include_in_snippet_by_default', sa.Boolean(), nullable=False),
    sa.Column('default_client_side_availability', sa.Text(), nullable=False),
    sa.Column('naming_convention', sa.Text(), nullable=True),
    sa.Column('flag_defaults', sa.Text(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_projects')),
    sa.UniqueConstraint('key', name=op.f('uq_projects_key'))
    )

    op.create_table('resource_tags',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('resource_id', sa.Text(), nullable=False),
    sa.Column('tag', sa.Text(), nullable=False),
    sa.Column('project_id', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'resource_id', 'tag', name=op.f('pk_resource_tags'))
    )
    with op.batch_alter_table('resource_tags', schema=None) as batch_op:
        batch_op.create_index('ix_resource_tags_project', ['project_id'], unique=False)
        batch_op.create_index('ix_resource_tags_tag', ['tag', 'kind'], unique=False)

    op.create_table('revisions',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revisions'))
    )

    op.create_table('access_token_uses',
    sa.Column('token_id', sa.Text(), nullable=False),
    sa.Column('last_used_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['token_id'], ['access_tokens.id'], name=op.f('fk_access_token_uses_token_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_id', name=op.f('pk_access_token_uses'))
    )

    op.create_table('application_versions',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('application_id', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('supported', sa.Boolean(), nullable=False),
    sa.Column('auto_added', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_application_versions_application_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_versions')),
    sa.UniqueConstraint('application_id', 'key', name=op.f('uq_application_versions_application_id_key'))
    )
    with op.batch_alter_table('application_versions', schema=None) as batch_op:
        batch_op.create_index('ix_application_versions_page', ['application_id', 'created_at', 'id'], unique=False)

    op.create_table('environments',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('project_id', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('color', sa.Text(), nullable=False),
    sa.Column('sdk_key', sa.Text(), nullable=False),
    sa.Column('mobile_key', sa.Text(), nullable=False),
    sa.Column('default_ttl', sa.Integer(), nullable=False),
    sa.Column('secure_mode', sa.Boolean(), nullable=False),
    sa.Column('default_track_events', sa.Boolean(), nullable=False),
    sa.Column('require_comments', sa.Boolean(), nullable=False),
    sa.Column('confirm_changes', sa.Boolean(), nullable=False),
    sa.Column('critical', sa.Boolean(), nullable=False),
    sa.Column('tags', sa.Text(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_environments_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_environments')),
    sa.UniqueConstraint('mobile_key', name=op.f('uq_environments_mobile_key')),
    sa.UniqueConstraint('project_id', 'key', name=op.f('uq_environments_project_id_key')),
    sa.UniqueConstraint('sdk_key', name=op.f('uq_environments_sdk_key'))
    )

    op.create_table('expiring_token_secrets',
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('token_id', sa.Text(), nullable=False),
    sa.Column('ending', sa.Text(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['token_id'], ['access_tokens.id'], name=op.f('fk_expiring_token_secrets_token_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_expiring_token_secrets'))
    )
    with op.batch_alter_table('expiring_token_secrets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_expiring_token_secrets_token_id'), ['token_id'], unique=False)

    op.create_table('expiring_sdk_keys',
    sa.Column('sdk_key', sa.Text(), nullable=False),
    sa.Column('environment_id', sa.Text(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['environment_id'], ['environments.id'], name=op.f('fk_expiring_sdk_keys_environment_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('sdk_key', name=op.f('pk_expiring_sdk_keys'))
    )
    with op.batch_alter_table('expiring_sdk_keys', schema=None) as batch_op:
        batch_op.create_index('ix_expiring_sdk_keys_environment', ['environment_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('expiring_sdk_keys', schema=None) as batch_op:
        batch_op.drop_index('ix_expiring_sdk_keys_environment')

    op.drop_table('expiring_sdk_keys')
    with op.batch_alter_table('expiring_token_secrets', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_expiring_token_secrets_token_id'))

    op.drop_table('expiring_token_secrets')
    op.drop_table('environments')
    with op.batch_alter_table('application_versions', schema=None) as batch_op:
        batch_op.drop_index('ix_application_versions_page')

    op.drop_table('application_versions')
    op.drop_table('access_token_uses')
    op.drop_table('revisions')
    with op.batch_alter_table('resource_tags', schema=None) as batch_op:
        batch_op.drop_index('ix_resource_tags_tag')
        batch_op.drop_index('ix_resource_tags_project')

    op.drop_table('resource_tags')
    op.drop_table('projects')
    op.drop_table('outbox')
    op.drop_table('job_leases')
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entries_resource')
        batch_op.drop_index('ix_audit_entries_at')

    op.drop_table('audit_entries')
    op.drop_table('applications')
    with op.batch_alter_table('access_tokens', schema=None) as batch_op:
        batch_op.drop_index('ix_access_tokens_created_at')

    op.drop_table('access_tokens')

"""sums of days"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('deployment_days',
    sa.Column('environment_id', sa.Text(), nullable=False),
    sa.Column('application_key', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('previous_day', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('failed_day', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('project_id', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['environment_id'], ['environments.id'], name=op.f('fk_deployment_days_environment_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('environment_id', 'application_key', 'at', 'kind', 'status', 'previous_day', 'failed_day', 'project_id', name=op.f('pk_deployment_days'))
    )
    op.create_index('ix_deployment_days_at', 'deployment_days', ['environment_id', 'at'])
    op.create_table('flag_change_days',
    sa.Column('environment_id', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('flag_id', sa.Text(), nullable=False),
    sa.Column('size', sa.Text(), nullable=False),
    sa.Column('is_rollback', sa.Boolean(), nullable=False),
    sa.Column('project_id', sa.Text(), nullable=False),
    sa.Column('first_at', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('total_impact', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['environment_id'], ['environments.id'], name=op.f('fk_flag_change_days_environment_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('environment_id', 'at', 'flag_id', 'size', 'is_rollback', 'project_id', name=op.f('pk_flag_change_days'))
    )
    op.create_index('ix_flag_changes_at', 'flag_changes', ['at'])
    with op.batch_alter_table('environment_applications', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kept_since', sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('environment_applications', schema=None) as batch_op:
        batch_op.drop_column('kept_since')

    op.drop_index('ix_flag_changes_at', 'flag_changes')
    op.drop_table('flag_change_days')
    op.drop_table('deployment_days')

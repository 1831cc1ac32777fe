"""what came from another account"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('origins',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('source_id', sa.Text(), nullable=False),
    sa.Column('resource_id', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('source', 'kind', 'source_id', name=op.f('pk_origins'))
    )
    with op.batch_alter_table('origins', schema=None) as batch_op:
        batch_op.create_index('ix_origins_resource', ['kind', 'resource_id'], unique=False)

    op.create_table('progress',
    sa.Column('work', sa.Text(), nullable=False),
    sa.Column('step', sa.Text(), nullable=False),
    sa.Column('position', sa.Text(), nullable=False),
    sa.Column('findings', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('work', 'step', name=op.f('pk_progress'))
    )
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told', sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.drop_column('told')

    op.drop_table('progress')
    with op.batch_alter_table('origins', schema=None) as batch_op:
        batch_op.drop_index('ix_origins_resource')

    op.drop_table('origins')

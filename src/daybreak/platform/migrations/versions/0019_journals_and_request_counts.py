"""journals and request counts"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('journals',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('written_to', sa.Integer(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journals'))
    )
    op.create_table('request_counts',
    sa.Column('window', sa.BigInteger(), nullable=False),
    sa.Column('operation', sa.Text(), nullable=False),
    sa.Column('process', sa.Text(), nullable=False),
    sa.Column('requests', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('window', 'operation', 'process', name=op.f('pk_request_counts'))
    )


def downgrade() -> None:
    op.drop_table('request_counts')
    op.drop_table('journals')

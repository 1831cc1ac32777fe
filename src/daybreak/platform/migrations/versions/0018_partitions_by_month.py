"""Partitions by month, on PostgreSQL"""

import sqlalchemy as sa
from alembic import op

from daybreak.platform.dialect import can_partition

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

KEYS = {
    'audit_entries': ['id', 'at', 'project_key'],
    'evaluation_counts': ['environment_id', 'flag_id', 'at', 'width', 'variation_id', 'project_id'],
    'flag_changes': ['environment_id', 'at', 'id', 'project_id'],
}
INDEXES = {
    'audit_entries': {'ix_audit_entries_at': ['at', 'id'], 'ix_audit_entries_resource': ['kind', 'resource_id', 'at']},
    'evaluation_counts': {'ix_evaluation_counts_age': ['width', 'at']},
    'flag_changes': {'ix_flag_changes_flag': ['flag_id', 'environment_id', 'at'], 'ix_flag_changes_settle_at': ['settle_at']},
}
OF_ENVIRONMENTS = ['evaluation_counts', 'flag_changes']


def upgrade() -> None:
    """The table that is there becomes the part that holds whatever has no month: no row is copied."""
    if not can_partition(op.get_bind()):
        return
    for name, key in KEYS.items():
        rest = f'{name}_rest'
        op.rename_table(name, rest)
        for index in (f'pk_{name}', *INDEXES[name]):
            op.execute(f'ALTER INDEX {index} RENAME TO {index}_rest')
        op.execute(f'CREATE TABLE {name} (LIKE {rest} INCLUDING DEFAULTS) PARTITION BY RANGE (at)')
        op.create_primary_key(f'pk_{name}', name, key)
        for index, columns in INDEXES[name].items():
            op.create_index(index, name, columns)
        if name in OF_ENVIRONMENTS:
            op.create_foreign_key(f'fk_{name}_environment_id', name, 'environments', ['environment_id'], ['id'], ondelete='CASCADE')
        op.execute(f'ALTER TABLE {name} ATTACH PARTITION {rest} DEFAULT')


def downgrade() -> None:
    if not can_partition(op.get_bind()):
        return
    for name in KEYS:
        rest = f'{name}_rest'
        op.execute(f'ALTER TABLE {name} DETACH PARTITION {rest}')
        op.execute(f'INSERT INTO {rest} SELECT * FROM {name}')
        op.drop_table(name)
        op.rename_table(rest, name)
        for index in (f'pk_{name}', *INDEXES[name]):
            op.execute(f'ALTER INDEX {index}_rest RENAME TO {index}')

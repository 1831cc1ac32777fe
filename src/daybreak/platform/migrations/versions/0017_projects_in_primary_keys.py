"""Projects in the primary keys of large tables"""

from collections.abc import Sequence
from urllib.parse import unquote

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

# Their primary keys, before their projects join these.
OF_ENVIRONMENTS = {
    'evaluation_counts': ['environment_id', 'flag_id', 'at', 'width', 'variation_id'],
    'flag_requests': ['environment_id', 'flag_id'],
    'flag_context_kinds': ['environment_id', 'flag_id', 'kind'],
    'flag_applications': ['environment_id', 'flag_id', 'application_key', 'version'],
    'flag_health_days': ['environment_id', 'day'],
    'contexts': ['id'],
    'context_attributes': ['context_id', 'name'],
    'context_instances': ['id'],
    'context_instance_parts': ['instance_id', 'kind'],
    'expiring_targets': ['id'],
    'deployment_changes': ['deployment_id', 'change_id'],
}
OF_SEGMENTS = {
    'big_segment_generations': ['segment_id', 'generation'],
    'big_segment_members': ['segment_id', 'generation', 'context_key', 'is_included'],
}
PARENTS = {'context_attributes': ('context_id', 'contexts'), 'context_instance_parts': ('instance_id', 'context_instances')}
INDEXES = {
    'deployments': {
        'ix_deployments_score': ['environment_id', 'is_counted', 'ended_at', 'status', 'failed_at', 'previous_same_version_at', 'application_key'],
        'ix_deployments_application_score': ['environment_id', 'application_key', 'is_counted', 'ended_at', 'status', 'failed_at', 'previous_same_version_at'],
    },
    'deployment_changes': {
        'ix_deployment_changes_score': ['environment_id', 'is_first', 'is_bot', 'ended_at', 'lead_ms'],
        'ix_deployment_changes_application_score': ['environment_id', 'application_key', 'is_bot', 'ended_at', 'lead_ms'],
    },
}
TARGETS = ['resource_id', 'environment_id', 'context_kind', 'context_key']
RUNS = ['environment_id', 'application_key', 'application_version', 'ordinal']
# As the first tables were made: PostgreSQL cannot have names this long, and shortens them.
OLD_RUNS = 'uq_deployments_environment_id_application_key_application_version_ordinal'


def upgrade() -> None:
    # First: what depends on a table would go with it where it has to be made anew.
    for name, (column, _) in PARENTS.items():
        with op.batch_alter_table(name) as batch_op:
            batch_op.drop_constraint(f'fk_{name}_{column}', type_='foreignkey')
    for name, key in OF_ENVIRONMENTS.items():
        table = _table(name, 'environment_id', 'project_id')
        op.add_column(name, sa.Column('project_id', sa.Text()))
        op.execute(sa.update(table).values(project_id=_project_of(table.c.environment_id)))
        _require_project(name, key)
    segments = _table('segments', 'id', 'environment_id', 'project_id')
    op.add_column('segments', sa.Column('project_id', sa.Text(), nullable=False, server_default=''))
    op.execute(sa.update(segments).values(project_id=_project_of(segments.c.environment_id)))
    for name, key in OF_SEGMENTS.items():
        table = _table(name, 'segment_id', 'project_id')
        owner = sa.select(segments.c.project_id).where(segments.c.id == table.c.segment_id).scalar_subquery()
        op.add_column(name, sa.Column('project_id', sa.Text()))
        # Members of segments that are gone are nobody's, and go little by little.
        op.execute(sa.update(table).values(project_id=sa.func.coalesce(owner, '')))
        _require_project(name, key)
    for name, (column, parent) in PARENTS.items():
        with op.batch_alter_table(name) as batch_op:
            batch_op.create_foreign_key(f'fk_{name}_{column}', parent, [column, 'project_id'], ['id', 'project_id'], ondelete='CASCADE')
    with op.batch_alter_table('expiring_targets') as batch_op:
        batch_op.drop_constraint('uq_expiring_targets_context', type_='unique')
        batch_op.create_unique_constraint('uq_expiring_targets_context', [*TARGETS, 'project_id'])
    with op.batch_alter_table('deployments') as batch_op:
        batch_op.drop_constraint('pk_deployments', type_='primary')
        batch_op.create_primary_key('pk_deployments', ['id', 'project_id'])
        batch_op.drop_constraint(op.f(OLD_RUNS), type_='unique')
        batch_op.create_unique_constraint('uq_deployments_run', [*RUNS, 'project_id'])
    for name, indexes in INDEXES.items():
        with op.batch_alter_table(name) as batch_op:
            for index, columns in indexes.items():
                batch_op.drop_index(index)
                batch_op.create_index(index, columns, postgresql_include=['project_id'])
    with op.batch_alter_table('flag_changes') as batch_op:
        batch_op.drop_index('ix_flag_changes_at')
        batch_op.drop_constraint('pk_flag_changes', type_='primary')
        batch_op.create_primary_key('pk_flag_changes', ['environment_id', 'at', 'id', 'project_id'])
    op.add_column('audit_entries', sa.Column('project_key', sa.Text(), nullable=False, server_default=''))
    _note_projects_of_entries()
    with op.batch_alter_table('audit_entries') as batch_op:
        batch_op.alter_column('project_key', server_default=None)
        batch_op.drop_constraint('pk_audit_entries', type_='primary')
        batch_op.create_primary_key('pk_audit_entries', ['id', 'at', 'project_key'])


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column) for column in columns))


def _project_of(environment_id: sa.ColumnElement[str]) -> sa.ScalarSelect[str]:
    environments = _table('environments', 'id', 'project_id')
    return sa.select(environments.c.project_id).where(environments.c.id == environment_id).scalar_subquery()


def _require_project(name: str, key: Sequence[str]) -> None:
    table = _table(name, 'project_id')
    # What belongs to no environment any more says nothing to anybody.
    op.execute(sa.delete(table).where(table.c.project_id.is_(None)))
    with op.batch_alter_table(name) as batch_op:
        batch_op.alter_column('project_id', existing_type=sa.Text(), nullable=False)
        batch_op.drop_constraint(f'pk_{name}', type_='primary')
        batch_op.create_primary_key(f'pk_{name}', [*key, 'project_id'])


def _note_projects_of_entries() -> None:
    """By the project's address, with its tags or what lies in it: those of projects that are gone, too."""
    entries = _table('audit_entries', 'address', 'project_key')
    addresses = sa.select(entries.c.address).where(entries.c.address.like('proj/%')).distinct()
    segments = {address.partition(':')[0].partition(';')[0] for address in op.get_bind().execute(addresses).scalars()}
    for segment in sorted(segments):
        within = (entries.c.address.startswith(f'{segment}{separator}', autoescape=True) for separator in ':;')
        mine = sa.or_(entries.c.address == segment, *within)
        key = unquote(segment.partition('/')[2])
        op.execute(sa.update(entries).where(mine).values(project_key=key))


def downgrade() -> None:
    with op.batch_alter_table('audit_entries') as batch_op:
        batch_op.drop_constraint('pk_audit_entries', type_='primary')
        batch_op.drop_column('project_key')
        batch_op.create_primary_key('pk_audit_entries', ['id'])
    with op.batch_alter_table('flag_changes') as batch_op:
        batch_op.drop_constraint('pk_flag_changes', type_='primary')
        batch_op.create_primary_key('pk_flag_changes', ['environment_id', 'id'])
        batch_op.create_index('ix_flag_changes_at', ['environment_id', 'at', 'id'])
    for name, indexes in INDEXES.items():
        with op.batch_alter_table(name) as batch_op:
            for index, columns in indexes.items():
                batch_op.drop_index(index)
                batch_op.create_index(index, columns)
    with op.batch_alter_table('deployments') as batch_op:
        batch_op.drop_constraint('uq_deployments_run', type_='unique')
        batch_op.create_unique_constraint(op.f(OLD_RUNS), RUNS)
        batch_op.drop_constraint('pk_deployments', type_='primary')
        batch_op.create_primary_key('pk_deployments', ['id'])
    with op.batch_alter_table('expiring_targets') as batch_op:
        batch_op.drop_constraint('uq_expiring_targets_context', type_='unique')
        batch_op.create_unique_constraint('uq_expiring_targets_context', TARGETS)
    for name, (column, _) in PARENTS.items():
        with op.batch_alter_table(name) as batch_op:
            batch_op.drop_constraint(f'fk_{name}_{column}', type_='foreignkey')
    for name, key in (OF_ENVIRONMENTS | OF_SEGMENTS).items():
        with op.batch_alter_table(name) as batch_op:
            batch_op.drop_constraint(f'pk_{name}', type_='primary')
            batch_op.drop_column('project_id')
            batch_op.create_primary_key(f'pk_{name}', key)
    op.drop_column('segments', 'project_id')
    for name, (column, parent) in PARENTS.items():
        with op.batch_alter_table(name) as batch_op:
            batch_op.create_foreign_key(f'fk_{name}_{column}', parent, [column], ['id'], ondelete='CASCADE')

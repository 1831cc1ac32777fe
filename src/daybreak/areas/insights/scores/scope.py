"""What a score covers: an environment, or some of its applications."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, true

from daybreak.areas.insights.facts.tables import (
    deployment_changes,
    deployments,
    environment_applications,
)
from daybreak.logic.scoring.model import Period


@dataclass(frozen=True, slots=True)
class Scope:
    """`application_keys` is empty for the whole environment."""

    environment_id: str
    application_keys: tuple[str, ...] = ()

    @property
    def deployments(self) -> ColumnElement[bool]:
        return and_(
            deployments.c.environment_id == self.environment_id, self._of(deployments.c.application_key)
        )

    @property
    def applications(self) -> ColumnElement[bool]:
        table = environment_applications.c
        return and_(table.environment_id == self.environment_id, self._of(table.application_key))

    @property
    def deliveries(self) -> ColumnElement[bool]:
        """Deliveries of changes. A change counts once for an environment, at the first application it came
        with.
        """
        table = deployment_changes.c
        mine = and_(table.environment_id == self.environment_id, self._of(table.application_key))
        return mine if self.application_keys else and_(mine, table.is_first.is_(True))

    def _of(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        if not self.application_keys:
            return true()
        if len(self.application_keys) == 1:
            return column == self.application_keys[0]
        return column.in_(self.application_keys)


def within(column: ColumnElement[int], period: Period) -> ColumnElement[bool]:
    return and_(column >= period.start, column < period.end)

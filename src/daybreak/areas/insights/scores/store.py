"""The facts of scopes in periods, read from the fact tables: each is a range of one covering index.

Every scope in every period is one branch of a UNION, so that twenty groups cost as many queries as one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, literal, or_, select, true, union_all

from daybreak.areas.insights.facts.tables import (
    deployment_changes,
    deployments,
    environment_applications,
)
from daybreak.areas.insights.scores.model import Scope
from daybreak.logic.scoring.facts import Coverage, DeploymentFacts, Facts, LeadTimeFacts, coverage_of
from daybreak.logic.scoring.model import DAY, Period
from daybreak.platform.database import Transaction
from daybreak.platform.dialect import counts_and_medians

# An application that nobody deployed for half a year is no longer alive.
LIVE_FOR = 182 * DAY

# A statement binds a bounded number of values, and a scope may name 200 applications.
SCOPES_AT_ONCE = 20

Place = tuple[Scope, Period]

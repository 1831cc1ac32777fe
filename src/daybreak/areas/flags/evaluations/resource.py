"""Feature flags as they are chosen for evaluation: by conditions, which are not the filters of their list."""

from dataclasses import replace

from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG, named
from daybreak.areas.flags.feature_flags.tables import feature_flags
from daybreak.platform.tags import has_every_tag
from daybreak.rest.conditions import Field

EVALUATED_FLAG = replace(
    FEATURE_FLAG,
    filters={},
    conditions={
        "query": Field(str, {"equals": lambda values: named(values[0])}),
        "tags": Field(
            str,
            {"contains": lambda values: has_every_tag(FEATURE_FLAG.kind, feature_flags.c.id, values)},
            listed=("contains",),
        ),
    },
)

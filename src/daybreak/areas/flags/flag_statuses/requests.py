"""Which environments a status is asked for."""

from typing import Annotated

import msgspec

from daybreak.rest.call import Query


class FlagStatusQuery(Query):
    """Without an environment's key all are meant."""

    environment_key: Annotated[str | None, msgspec.Meta(description="the key of one environment")] = (
        msgspec.field(name="env", default=None)
    )

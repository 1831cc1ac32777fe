"""Which time evaluation usage is asked for."""

from typing import Annotated

import msgspec

from daybreak.rest.call import Query
from daybreak.rest.keys import Instant


class EvaluationUsageQuery(Query):
    """Without bounds the thirty days up to now, in days of UTC."""

    start: Instant | None = msgspec.field(default=None, name="from")
    to: Instant | None = None
    zone: Annotated[
        str | None,
        msgspec.Meta(
            description="the time zone that days begin and end in, such as Europe/Vienna; default UTC"
        ),
    ] = msgspec.field(default=None, name="tz")

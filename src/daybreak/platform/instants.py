"""When something that waits is due, whatever is done to the clock."""

from sqlalchemy import ColumnElement, or_


def has_come(instant: ColumnElement[int], now: int, longest: int) -> ColumnElement[bool]:
    """Whether an instant has come. One that is further away than anything waits (`longest`, ms) was written
    before the clock was set back: it is not waited for once more.
    """
    return or_(instant <= now, instant > now + longest)

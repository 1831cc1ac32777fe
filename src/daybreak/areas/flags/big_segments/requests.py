"""Changes of the lists of a big segment."""

from daybreak.areas.flags.shapes import ContextKeys
from daybreak.rest.call import Body


class ListChanges(Body):
    """Keys that are put on a list, and keys that are taken from it."""

    add: ContextKeys | None = None
    remove: ContextKeys | None = None


class MembersPatch(Body):
    """What is done to both lists."""

    included: ListChanges | None = None
    excluded: ListChanges | None = None

"""What callers may send about flag triggers."""

from daybreak.areas.flags.triggers.instructions import Actions
from daybreak.rest.call import Body
from daybreak.rest.keys import Key, Text


class NewTrigger(Body):
    """A trigger to create. The integration key says who will post: any word, or `generic-trigger`."""

    integration_key: Key
    instructions: Actions | None = None
    comment: Text | None = None

"""What callers may send about applications."""

from typing import Literal

from daybreak.rest.call import Body
from daybreak.rest.keys import Name, Text

Kind = Literal["browser", "mobile", "server"]


class ApplicationFields(Body):
    """What a patch of an application may change."""

    name: Name
    description: Text
    kind: Kind


class ApplicationVersionFields(Body):
    """What a patch of an application version may change."""

    supported: bool

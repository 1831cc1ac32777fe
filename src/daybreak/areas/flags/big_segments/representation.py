"""Membership of segments as the API shows it."""

import msgspec

from daybreak.rest.call import Shape
from daybreak.rest.links import Links


class MembershipShape(Shape):
    """Which lists of a big segment hold a key."""

    user_key: str
    included: bool
    excluded: bool


class SegmentMembershipShape(Shape, kw_only=True):
    """What a segment makes of a context: by its lists, or by its rules."""

    name: str
    key: str
    description: str
    unbounded: bool
    external: str
    is_member: bool
    is_individually_targeted: bool
    is_rule_targeted: bool
    links_: Links = msgspec.field(name="_links")


class SegmentMembershipsShape(Shape):
    """Every segment of an environment."""

    items: list[SegmentMembershipShape]
    links_: Links = msgspec.field(name="_links")

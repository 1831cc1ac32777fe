"""Members as flags show them: who follows, links and maintains. Members have no page to link to."""

import msgspec

from daybreak.areas.people.queries import MemberFact
from daybreak.rest.call import Shape
from daybreak.rest.links import Links


class MemberShape(Shape):
    """A member. What is not known is empty."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    role: str
    email: str


def represent_member(member: MemberFact) -> MemberShape:
    return MemberShape(links_={}, id=member.id, role=member.role, email=member.email)

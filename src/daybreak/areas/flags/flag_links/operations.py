"""What of flag links is not the same as of every resource: a flag has one link to an address."""

from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.flag_links.model import FlagLink
from daybreak.areas.flags.flag_links.requests import NewFlagLink
from daybreak.areas.flags.flag_links.resource import FLAG_LINK
from daybreak.areas.flags.flag_links.store import is_linked, list_flag_links
from daybreak.platform.errors import Conflict
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call, Page, Shape
from daybreak.rest.expansion import NOTHING
from daybreak.rest.operations import create, read_one, represent_one

CREATE = "createFlagLink"


def list_links_of_flag(call: Call, project_key: str, feature_flag_key: str) -> Page:
    """All of them: who may see the flag may see its links."""
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    found = list_flag_links(call.db, flag.id)
    return Page(FLAG_LINK.represent(call, found, NOTHING), len(found))


def create_flag_link(call: Call, body: NewFlagLink, project_key: str, feature_flag_key: str) -> Shape:
    """Raises Conflict where the flag has a link with that key, or to that address."""
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    id = object_id()
    made = FlagLink(
        id=id,
        flag_id=flag.id,
        key=body.key or id,
        integration_key=body.integration_key or "",
        deep_link=body.deep_link,
        title=body.title or "",
        description=body.description or "",
        metadata=body.metadata or {},
        timestamp=call.now if body.timestamp is None else body.timestamp,
        created_at=call.now,
        member_id=call.actor.owner_id,
    )
    [address] = FEATURE_FLAG.addresses(call.db, [flag])
    call.actor.require((CREATE,), address)
    if is_linked(call.db, flag.id, body.deep_link):
        raise Conflict(f"The feature flag is linked to {body.deep_link!r} already")
    return represent_one(call, FLAG_LINK, create(call, FLAG_LINK, made, CREATE))

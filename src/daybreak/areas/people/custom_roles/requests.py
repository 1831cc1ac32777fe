"""What callers may send about custom roles."""

from typing import Annotated, Literal

import msgspec

from daybreak.rest.call import Body
from daybreak.rest.keys import LongKey, Name, Text
from daybreak.rest.policies import Statements

BasePermissions = Literal["", "reader", "no_access"]
Category = Annotated[str, msgspec.Meta(max_length=64)]


class NewCustomRole(Body):
    """A custom role to create. Without base permissions it starts from those of a reader."""

    key: LongKey
    name: Name
    policy: Statements
    description: Text | None = None
    base_permissions: BasePermissions | None = None
    resource_category: Category | None = None


class CustomRoleFields(Body):
    """What a patch of a custom role may change."""

    name: Name
    policy: Statements
    description: Text = ""
    base_permissions: BasePermissions = "reader"

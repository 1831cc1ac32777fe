"""Every URL of custom roles."""

from daybreak.areas.people.custom_roles import operations
from daybreak.areas.people.custom_roles.representation import CustomRoleShape
from daybreak.areas.people.custom_roles.requests import NewCustomRole
from daybreak.areas.people.custom_roles.resource import CUSTOM_ROLE
from daybreak.platform.columns import Json
from daybreak.rest.crud import actions_of, create_route, list_route, read_route
from daybreak.rest.routing import Route

ROLES = "/api/v2/roles"
ONE = f"{ROLES}/{{customRoleKey}}"
TAG = "Custom roles"

ROUTES = [
    list_route(CUSTOM_ROLE, ROLES, "getCustomRoles", tag=TAG, answer=CustomRoleShape, paged_since=20240415),
    create_route(
        CUSTOM_ROLE,
        ROLES,
        "postCustomRole",
        tag=TAG,
        answer=CustomRoleShape,
        body=NewCustomRole,
        action="createRole",
        make=operations.make_custom_role,
    ),
    read_route(CUSTOM_ROLE, ONE, "getCustomRole", tag=TAG, answer=CustomRoleShape),
    Route(
        method="PATCH",
        path=ONE,
        run=operations.patch_custom_role,
        operation="patchCustomRole",
        tag=TAG,
        summary="Change a role by JSON patch or merge patch",
        action=actions_of(CUSTOM_ROLE),
        specifier="role/*",
        body=Json,
        answer=CustomRoleShape,
    ),
    Route(
        method="DELETE",
        path=ONE,
        run=operations.delete_custom_role,
        operation="deleteCustomRole",
        tag=TAG,
        summary="Delete a role that nobody holds",
        action="deleteRole",
        specifier="role/*",
        status=204,
    ),
]

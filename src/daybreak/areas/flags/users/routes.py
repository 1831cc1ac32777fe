"""Every URL of users."""

from daybreak.areas.flags.contexts.resource import DELETE, VIEW
from daybreak.areas.flags.users import operations
from daybreak.areas.flags.users.representation import UserAttributesShape, UserShape
from daybreak.areas.flags.users.requests import UserSearchQuery, UsersQuery
from daybreak.rest.routing import Route

TAG = "Users"
USERS = "/api/v2/users/{projectKey}/{environmentKey}"
ONE = f"{USERS}/{{userKey}}"

ROUTES = [
    Route(
        method="GET",
        path=USERS,
        run=operations.get_users,
        operation="getUsers",
        tag=TAG,
        summary="List users",
        action=VIEW,
        specifier="proj/*:env/*",
        query=UsersQuery,
        answer=list[UserShape],
    ),
    Route(
        method="GET",
        path="/api/v2/user-search/{projectKey}/{environmentKey}",
        run=operations.search_users,
        operation="getSearchUsers",
        tag=TAG,
        summary="Find users",
        action=VIEW,
        specifier="proj/*:env/*",
        query=UserSearchQuery,
        answer=list[UserShape],
    ),
    Route(
        method="GET",
        path=ONE,
        run=operations.read_user,
        operation="getUser",
        tag=TAG,
        summary="Get user",
        action=VIEW,
        specifier="proj/*:env/*",
        answer=UserShape,
    ),
    Route(
        method="DELETE",
        path=ONE,
        run=operations.remove_user,
        operation="deleteUser",
        tag=TAG,
        summary="Forget a user, and the context instances it is part of",
        action=DELETE,
        specifier="proj/*:env/*",
        status=204,
    ),
    Route(
        method="GET",
        path="/api/v2/user-attributes/{projectKey}/{environmentKey}",
        run=operations.list_attribute_names,
        operation="getUserAttributeNames",
        tag="Users (beta)",
        summary="List names of attributes of users",
        action=VIEW,
        specifier="proj/*:env/*",
        answer=UserAttributesShape,
        beta=True,
    ),
]

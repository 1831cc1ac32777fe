"""Every URL of kinds of contexts."""

from daybreak.areas.flags.context_kinds.operations import list_kinds, put_kind
from daybreak.areas.flags.context_kinds.representation import ContextKindShape, UpsertShape
from daybreak.areas.flags.context_kinds.requests import ContextKindBody
from daybreak.areas.flags.context_kinds.resource import CONTEXT_KIND, CREATE, UPDATE
from daybreak.rest.routing import Route

TAG = "Contexts"
KINDS = "/api/v2/projects/{projectKey}/context-kinds"

ROUTES = [
    Route(
        method="GET",
        path=KINDS,
        run=list_kinds,
        operation="getContextKindsByProjectKey",
        tag=TAG,
        summary="List context kinds",
        action=CONTEXT_KIND.view_action,
        specifier="proj/*",
        answer=list[ContextKindShape],
    ),
    Route(
        method="PUT",
        path=f"{KINDS}/{{key}}",
        run=put_kind,
        operation="putContextKind",
        tag=TAG,
        summary="Create or change a context kind",
        action=f"{CREATE} {UPDATE}",
        specifier="proj/*:context-kind/*",
        body=ContextKindBody,
        answer=UpsertShape,
    ),
]

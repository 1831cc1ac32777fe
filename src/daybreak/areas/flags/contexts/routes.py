"""Every URL of contexts that were learnt."""

from daybreak.areas.flags.contexts import operations
from daybreak.areas.flags.contexts.representation import (
    ContextInstanceShape,
    ContextShape,
    NamesCollectionShape,
    ValuesCollectionShape,
)
from daybreak.areas.flags.contexts.requests import ContextsQuery, ContextsSearch, NamesQuery, ValuesQuery
from daybreak.areas.flags.contexts.resource import DELETE, VIEW
from daybreak.rest.routing import Route

TAG = "Contexts"
ENVIRONMENT = "/api/v2/projects/{projectKey}/environments/{environmentKey}"
INSTANCES = f"{ENVIRONMENT}/context-instances"
NAMES = f"{ENVIRONMENT}/context-attributes"

ROUTES = [
    Route(
        method="POST",
        path=f"{ENVIRONMENT}/contexts/search",
        run=operations.search_contexts,
        operation="searchContexts",
        tag=TAG,
        summary="Search for contexts",
        action=VIEW,
        specifier="proj/*:env/*",
        query=ContextsQuery,
        body=ContextsSearch,
        answer=list[ContextShape],
        writes=False,
    ),
    Route(
        method="GET",
        path=f"{ENVIRONMENT}/contexts/{{kind}}/{{key}}",
        run=operations.list_one_context,
        operation="getContexts",
        tag=TAG,
        summary="List what applications told of one context",
        action=VIEW,
        specifier="proj/*:env/*",
        query=ContextsQuery,
        answer=list[ContextShape],
    ),
    Route(
        method="POST",
        path=f"{INSTANCES}/search",
        run=operations.search_instances,
        operation="searchContextInstances",
        tag=TAG,
        summary="Search for contexts that were evaluated together",
        action=VIEW,
        specifier="proj/*:env/*",
        query=ContextsQuery,
        body=ContextsSearch,
        answer=list[ContextInstanceShape],
        writes=False,
    ),
    Route(
        method="GET",
        path=f"{INSTANCES}/{{id}}",
        run=operations.list_one_instance,
        operation="getContextInstances",
        tag=TAG,
        summary="List what applications told of one context instance",
        action=VIEW,
        specifier="proj/*:env/*",
        query=ContextsQuery,
        answer=list[ContextInstanceShape],
    ),
    Route(
        method="DELETE",
        path=f"{INSTANCES}/{{id}}",
        run=operations.remove_instance,
        operation="deleteContextInstances",
        tag=TAG,
        summary="Forget a context instance, and its contexts that are part of no other",
        action=DELETE,
        specifier="proj/*:env/*",
        status=204,
    ),
    Route(
        method="GET",
        path=NAMES,
        run=operations.list_attribute_names,
        operation="getContextAttributeNames",
        tag=TAG,
        summary="List names of attributes by kind",
        action=VIEW,
        specifier="proj/*:env/*",
        query=NamesQuery,
        answer=NamesCollectionShape,
    ),
    Route(
        method="GET",
        path=f"{NAMES}/{{attributeName}}",
        run=operations.list_attribute_values,
        operation="getContextAttributeValues",
        tag=TAG,
        summary="List values of an attribute by kind",
        action=VIEW,
        specifier="proj/*:env/*",
        query=ValuesQuery,
        answer=ValuesCollectionShape,
    ),
]

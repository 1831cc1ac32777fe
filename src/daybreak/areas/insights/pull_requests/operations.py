"""Lists of pull requests: what a project's repositories hold, and what became of it."""

import msgspec

from daybreak.areas.insights.pull_requests.expansions import KNOWN, load_expansion
from daybreak.areas.insights.pull_requests.model import PullRequest
from daybreak.areas.insights.pull_requests.representation import (
    PULL_REQUESTS_PATH,
    PullRequestShape,
    represent_pull_request,
)
from daybreak.areas.insights.pull_requests.requests import PullRequestsQuery
from daybreak.areas.insights.pull_requests.store import (
    Scope,
    Sorted,
    by_date,
    by_lead_time,
    list_deliveries,
    listed_within,
    predicates,
    pull_request_store,
    read_pull_requests,
)
from daybreak.areas.projects.queries import Home, environment, project
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call, Page
from daybreak.rest.cursors import parse_turn, parse_window, turn_links
from daybreak.rest.expansion import parse_expand


def list_pull_requests(call: Call, query: PullRequestsQuery) -> Page:
    """A page of the project's pull requests. Raises NotFound, Forbidden or InvalidRequest."""
    wanted = parse_expand(query.expand, KNOWN)
    window, turn = parse_window(query, call.now), parse_turn(query)
    scope = _read_scope(call, query)
    where = predicates(scope, status=query.status, text=query.query)
    in_order = _sorted(query.sort, scope)
    turned, total = read_pull_requests(call.db, [listed_within(window), *where], in_order, turn)
    found = [pull_request_store.from_row(row) for row in turned.rows]
    return Page(
        _represent(call, scope, found, wanted),
        total,
        links=turn_links(PULL_REQUESTS_PATH, query, window, turned.earlier, turned.later),
    )


def _read_scope(call: Call, query: PullRequestsQuery) -> Scope:
    if query.environment_key is None:
        parent = project(call.db, query.project_key)
        environment_id = None
    else:
        place = environment(call.db, query.project_key, query.environment_key)
        parent, environment_id = place.project, place.id
    call.actor.require(("viewProject",), parent.address)
    return Scope(parent.id, environment_id, query.application_key)


def _sorted(text: str | None, scope: Scope) -> Sorted:
    if text is None:
        return by_date()
    if text.removeprefix("-") != "leadTime":
        raise InvalidRequest(f"sort: {text!r} is unknown here; known: leadTime, -leadTime")
    if scope.environment_id is None:
        raise InvalidRequest(
            "sort: by lead time needs environmentKey, because it differs between environments"
        )
    return by_lead_time(Home(scope.project_id, scope.environment_id), is_descending=text.startswith("-"))


def _represent(
    call: Call, scope: Scope, found: list[PullRequest], wanted: tuple[str, ...]
) -> list[PullRequestShape]:
    ids = [pull_request.id for pull_request in found]
    deliveries = list_deliveries(call.db, scope, ids)
    expanded = {name: load_expansion(call, name, ids, deliveries) for name in wanted}
    return [
        represent_pull_request(
            pull_request,
            status="deployed" if pull_request.id in deliveries else pull_request.status,
            deployments=expanded.get("deployments", {}).get(pull_request.id, msgspec.UNSET),
            flag_references=expanded.get("flagReferences", {}).get(pull_request.id, msgspec.UNSET),
            lead_time=expanded.get("leadTime", {}).get(pull_request.id, msgspec.UNSET),
        )
        for pull_request in found
    ]

"""The four operations of the audit log. It is only read here: entries come from the writes themselves."""

from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec

from daybreak.areas.account.audit_log.addresses import parse_address
from daybreak.areas.account.audit_log.model import VIEW_ACTION, Choice, Range
from daybreak.areas.account.audit_log.representation import (
    ENTRIES,
    CountsShape,
    EntryShape,
    represent_counts,
    represent_entries,
    represent_entry,
)
from daybreak.areas.account.audit_log.requests import (
    CountsQuery,
    FilterStatement,
    FilterStatements,
    ListQuery,
    SearchQuery,
)
from daybreak.areas.account.audit_log.store import count_wanted, find_entry, list_entries, list_wanted
from daybreak.logic.policy.address import Specifier, SpecifierInvalid, parse_specifier
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import StatementInvalid, parse_statements
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call, Page
from daybreak.rest.parsing import LATEST_INSTANT, convert, parse_json


def list_audit_log(call: Call, query: ListQuery) -> Page:
    return _read_page(call, query, Choice(call.actor, specifier=_parse_spec(query.spec)))


def search_audit_log(call: Call, query: SearchQuery, raw: bytes, headers: Mapping[bytes, bytes]) -> Page:  # noqa: ARG001 - comes along with the body
    return _read_page(call, query, Choice(call.actor, policy=_parse_filter(raw)))


def count_audit_log(
    call: Call,
    query: CountsQuery,
    raw: bytes,
    headers: Mapping[bytes, bytes],  # noqa: ARG001 - comes along with the body
) -> CountsShape:
    before = call.now if query.before is None else query.before
    if query.after >= before:
        raise InvalidRequest("after: is an instant earlier than before")
    interval = -((query.after - before) // query.buckets)
    choice = Choice(call.actor, policy=_parse_filter(raw))
    range_ = Range(query.after, before, tokens=query.token, members=query.member)
    counts = count_wanted(call.db, range_, choice, interval)
    return represent_counts(counts, start=query.after, end=before, interval=interval)


def read_audit_log_entry(call: Call, id: str) -> EntryShape:
    row = find_entry(call.db, id)
    call.actor.require((VIEW_ACTION,), parse_address(row.address))
    return represent_entry(row)


def _read_page(call: Call, query: SearchQuery, choice: Choice) -> Page:
    range_ = Range(
        after=-1 if query.after is None else query.after,
        before=LATEST_INSTANT if query.before is None else query.before,
        before_id=(query.before_id or "") if query.before is not None else "",
        text=query.q or "",
        tokens=query.token,
        members=query.member,
    )
    # One more than is shown tells whether there is a next page.
    wanted = list_wanted(call.db, range_, choice, query.limit + 1)
    shown = wanted[: query.limit]
    next_page = {"next": _next_page(query, shown[-1].at, shown[-1].id)} if len(wanted) > len(shown) else {}
    entries = list_entries(call.db, [occurrence.id for occurrence in shown])
    return Page(represent_entries(entries), None, links=next_page)


def _next_page(query: SearchQuery, at: int, id: str) -> str:
    given = {name: value for name, value in msgspec.to_builtins(query).items() if value not in (None, ())}
    return f"{ENTRIES}?{urlencode({**given, 'before': at, 'beforeId': id}, doseq=True)}"


def _parse_spec(text: str | None) -> Specifier | None:
    if text is None:
        return None
    try:
        return parse_specifier(text)
    except SpecifierInvalid as error:
        raise InvalidRequest(f"spec: {error}") from None


def _parse_filter(raw: bytes) -> Policy | None:
    """The statements of the body; no body and no statements mean everything."""
    if not raw.strip():
        return None
    statements: list[FilterStatement] = convert(parse_json(raw), FilterStatements)
    if not statements:
        return None
    try:
        return Policy("filter", parse_statements([_complete(statement) for statement in statements]))
    except StatementInvalid as error:
        raise InvalidRequest(str(error)) from None


def _complete(statement: FilterStatement) -> dict[str, object]:
    """Fills in "all" for resources or actions that the statement does not speak of."""
    given: dict[str, object] = {n: v for n, v in msgspec.to_builtins(statement).items() if v}
    if not statement.resources and not statement.not_resources:
        given["resources"] = ["*"]
    if not statement.actions and not statement.not_actions:
        given["actions"] = ["*"]
    return given

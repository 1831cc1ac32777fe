"""Every URL of the audit log."""

from daybreak.areas.account.audit_log import operations
from daybreak.areas.account.audit_log.model import VIEW_ACTION
from daybreak.areas.account.audit_log.representation import CountsShape, EntryShape
from daybreak.areas.account.audit_log.requests import CountsQuery, FilterStatements, ListQuery, SearchQuery
from daybreak.rest.routing import Route

ENTRIES = "/api/v2/auditlog"
TAG = "Audit log"

ROUTES = [
    Route(
        method="GET",
        path=ENTRIES,
        run=operations.list_audit_log,
        operation="getAuditLogEntries",
        tag=TAG,
        summary="List audit log entries, newest first",
        action=VIEW_ACTION,
        specifier="*",
        query=ListQuery,
        answer=list[EntryShape],
    ),
    # The body may be missing, which a body that is parsed on the way may not.
    Route(
        method="POST",
        path=ENTRIES,
        run=operations.search_audit_log,
        operation="postAuditLogEntries",
        tag=TAG,
        summary="Search audit log entries by resources and actions",
        action=VIEW_ACTION,
        specifier="*",
        query=SearchQuery,
        body=FilterStatements,
        answer=list[EntryShape],
        writes=False,
        raw_body=True,
    ),
    Route(
        method="POST",
        path=f"{ENTRIES}/counts",
        run=operations.count_audit_log,
        operation="postAuditLogEntryCounts",
        tag=TAG,
        summary="Count audit log entries in buckets of time",
        action=VIEW_ACTION,
        specifier="*",
        query=CountsQuery,
        body=FilterStatements,
        answer=CountsShape,
        writes=False,
        raw_body=True,
    ),
    Route(
        method="GET",
        path=f"{ENTRIES}/{{id}}",
        run=operations.read_audit_log_entry,
        operation="getAuditLogEntry",
        tag=TAG,
        summary="Read one audit log entry, with the resource before and after",
        action=VIEW_ACTION,
        specifier="*",
        answer=EntryShape,
    ),
]

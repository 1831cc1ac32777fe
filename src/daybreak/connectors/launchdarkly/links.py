"""Where an account's resources are found, page by page. Pages are as large as is documented; where nothing
is, as they come if nothing is asked.
"""

from collections.abc import Sequence
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from daybreak.connectors.launchdarkly.problems import SourceProblem

API = "/api/v2"
LARGE_PAGE, PLAIN_PAGE = 100, 20


def _path(*parts: str, **query: str | int | Sequence[str]) -> str:
    place = "/".join([API, *(quote(part, safe="") for part in parts)])
    return f"{place}?{urlencode(query, doseq=True)}" if query else place


def roles() -> str:
    return _path("roles", limit=PLAIN_PAGE)


def teams() -> str:
    return _path("teams", limit=LARGE_PAGE)


def team(key: str) -> str:
    return _path("teams", key, expand="roles,roleAttributes")


def roles_of_team(key: str) -> str:
    return _path("teams", key, "roles", limit=PLAIN_PAGE)


def members() -> str:
    return _path("members", limit=PLAIN_PAGE, expand="customRoles,roleAttributes")


def projects() -> str:
    return _path("projects", limit=PLAIN_PAGE, sort="name")


def project(key: str) -> str:
    return _path("projects", key)


def environments(project_key: str) -> str:
    return _path("projects", project_key, "environments", limit=PLAIN_PAGE)


def flag_defaults(project_key: str) -> str:
    return _path("projects", project_key, "flag-defaults")


def context_kinds(project_key: str) -> str:
    return _path("projects", project_key, "context-kinds")


def segments(project_key: str, environment_key: str) -> str:
    return _path("segments", project_key, environment_key, limit=PLAIN_PAGE, sort="creationDate")


def flags(project_key: str, *, are_archived: bool) -> str:
    """From the oldest on: what is made meanwhile comes last, and moves no page."""
    chosen = {"filter": "state:archived"} if are_archived else {}
    return _path("flags", project_key, limit=LARGE_PAGE, sort="creationDate", **chosen)


def configured(path_of_page: str, environment_keys: Sequence[str]) -> str:
    """The same page of flags, with all of their configuration in some environments."""
    more = urlencode({"env": environment_keys, "summary": "0", "expand": "migrationSettings"}, doseq=True)
    return f"{path_of_page}&{more}"


def without_configuration(path_of_page: str) -> str:
    """What `configured` added is taken away again: the account repeats it in its links."""
    place, _, query = path_of_page.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if name not in {"env", "summary", "expand"}]
    return f"{place}?{urlencode(kept)}"


def flag(project_key: str, key: str) -> str:
    return _path("flags", project_key, key, expand="migrationSettings")


def expiring_targets(kind: str, project_key: str, key: str, environment_key: str) -> str:
    """`kind` is `flag` or `segment`."""
    return _path(f"{kind}s", project_key, key, "expiring-targets", environment_key)


def audit_log(after: int) -> str:
    """Entries later than `after` (Unix ms), the newest first."""
    return _path("auditlog", after=after, limit=PLAIN_PAGE)


def audit_log_before(after: int, before: int) -> str:
    return _path("auditlog", after=after, before=before, limit=PLAIN_PAGE)


def end_of_audit_log(path: str) -> int | None:
    """Before when the entries are that a path leads to; None where it does not say."""
    before = dict(parse_qsl(urlsplit(path).query)).get("before", "")
    return int(before) if before.isdecimal() else None


def one_of(*parts: str) -> str:
    """A page with a single item, to learn how many there are."""
    return _path(*parts, limit=1)


def caller() -> str:
    return _path("caller-identity")


DELIVERED = "/sdk/latest-all"


def require_own(href: str) -> str:
    """A link of an answer. Raises SourceProblem where it leads away: the token is for this host alone."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path.startswith(f"{API}/"):
        raise SourceProblem("A link to the next page leads to another host: it was not followed")
    return href


def host_of_sdks(host: str) -> str:
    """Where SDKs ask for flags: with LaunchDarkly beside `app.`, with Daybreak the same."""
    parts = urlsplit(host)
    name = parts.hostname or ""
    is_vendor = name.startswith("app.") and name.endswith((".launchdarkly.com", ".launchdarkly.us"))
    return f"{parts.scheme}://sdk.{name.removeprefix('app.')}" if is_vendor else host

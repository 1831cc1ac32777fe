"""Links: the only place that knows how one is written. Hrefs are absolute paths without a host."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode

JSON = "application/json"
HTML = "text/html"

Links = dict[str, dict[str, str]]


def link(href: str, content_type: str = JSON) -> dict[str, str]:
    return {"href": href, "type": content_type}


def links(**hrefs: str) -> Links:
    """`links(self="/a", parent="/b")`; a trailing underscore is dropped from names."""
    return {name.rstrip("_"): link(href) for name, href in hrefs.items()}


def path(template: str, **values: str) -> str:
    """Fills `{names}` of a path template, percent-encoded.

    `path("/projects/{project}", project="a b")` is `/projects/a%20b`.
    """
    return template.format_map({name: quote(value, safe="") for name, value in values.items()})


def page_links(target: str, query: str, *, limit: int, offset: int, total: int, count: int) -> Links:
    """The links of one page: first and prev are missing on the first page, next and last on the final one.

    Each repeats the whole query, because clients append it to their base address as it is.
    """
    parameters = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True)]

    def at(place: int) -> str:
        kept = [(name, value) for name, value in parameters if name not in {"limit", "offset"}]
        return f"{target}?{urlencode([*kept, ('limit', str(limit)), ('offset', str(place))])}"

    made: Links = {}
    last = max(0, (total - 1) // limit * limit)
    if offset > 0:
        made["first"] = link(at(0))
        made["prev"] = link(at(min(max(0, offset - limit), last)))
    if count and offset + count < total:
        made["next"] = link(at(offset + limit))
        made["last"] = link(at(last))
    return made


def with_query(target: str, query: str, changes: Mapping[str, str | None]) -> str:
    """The same address with some parameters set, or dropped where the value is None."""
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in changes]
    added = [(name, value) for name, value in changes.items() if value is not None]
    encoded = urlencode([*kept, *added])
    return f"{target}?{encoded}" if encoded else target

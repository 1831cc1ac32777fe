"""Values -> JSON bytes: pages get their links, everything else is encoded as it is."""

import zlib
from typing import Any

import msgspec

from daybreak.rest.call import Page
from daybreak.rest.links import link, page_links

_encoder = msgspec.json.Encoder()


def render(result: Any, path: str, query: str) -> bytes:
    """The body of an answer. `path` and `query` are the request's, for the links of a page."""
    if isinstance(result, Page):
        return _encoder.encode(represent_page(result, path, query))
    return _encoder.encode(result)


def represent_page(page: Page, path: str, query: str) -> dict[str, Any]:
    here = f"{path}?{query}" if query else path
    made = {"self": link(here)}
    if page.limit is not None:
        made |= page_links(
            path,
            query,
            limit=page.limit,
            offset=page.offset,
            total=page.total_count or 0,
            count=len(page.items),
        )
    made |= {name: link(href) for name, href in page.links.items()}
    body: dict[str, Any] = {"items": page.items, "_links": made}
    if page.total_count is not None:
        body["totalCount"] = page.total_count
    body.update(page.extra)
    return body


def entity_tag(body: bytes) -> str:
    """Changes when the body does. Weak: the same answer may be encoded differently one day."""
    return f'W/"{zlib.crc32(body):08x}-{len(body):x}"'

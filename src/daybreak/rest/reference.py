"""What is published about the API: its OpenAPI document and a page to browse it. Both are made once."""

from collections.abc import Sequence
from functools import cached_property

import msgspec

from daybreak.platform.columns import Json
from daybreak.rest.openapi import represent_api
from daybreak.rest.reference_page import ReferencePage, represent_page
from daybreak.rest.routing import Route


class Reference:
    """Describes `routes`, which must be complete by the time somebody asks."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._routes = routes

    @cached_property
    def document(self) -> bytes:
        return msgspec.json.encode(self._document)

    @cached_property
    def page(self) -> ReferencePage:
        return represent_page(self._document)

    @cached_property
    def _document(self) -> dict[str, Json]:
        return represent_api(self._routes)

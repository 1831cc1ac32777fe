"""Lists that had no pages once still have none for whoever speaks the API of that time."""

from typing import Any

import pytest

from areas.flags.seeds import a_project
from areas.flags.segment_seeds import SEGMENTS, a_segment

PROJECTS, TOKENS = "/api/v2/projects", "/api/v2/tokens"
MORE_THAN_A_PAGE = 27


def make(api: Any, path: str) -> None:
    a_project(api)
    for number in range(MORE_THAN_A_PAGE):
        if path == SEGMENTS:
            a_segment(api, f"segment-{number}")
        elif path == PROJECTS:
            assert api.post(PROJECTS, json={"key": f"p-{number}", "name": "P"}).status_code == 201
        else:
            token = {"name": f"t-{number}", "role": "reader", "serviceToken": True}
            assert api.post(TOKENS, json=token).status_code == 201


@pytest.mark.parametrize(
    ("path", "paged_since", "last_unpaged", "page"),
    [
        (SEGMENTS, 20240415, 20220603, 20),
        (TOKENS, 20240415, 20220603, 25),
        (PROJECTS, 20220603, 20210729, 20),
    ],
)
def test_list__version_without_pages__is_whole(
    api: Any, path: str, paged_since: int, last_unpaged: int, page: int
) -> None:
    make(api, path)

    def count(version: int, query: str = "") -> int:
        headers = {"LD-API-Version": str(version)}
        return len(api.request("GET", f"{path}{query}", headers=headers).json()["items"])

    assert count(paged_since) == page
    assert count(last_unpaged) >= MORE_THAN_A_PAGE
    assert count(last_unpaged, "?limit=3") == 3

"""The audit log of single callers: `token` and `member`."""

from typing import Any

LOG = "/api/v2/auditlog"


def wrote(api: Any, key: str, *names: str) -> str:
    """Calls a new project these names, one after the other, with a token of its own; the token's id."""
    assert api.post("/api/v2/projects", json={"key": key, "name": key}).status_code == 201
    token = api.post("/api/v2/tokens", json={"name": key, "role": "admin", "serviceToken": True}).json()
    for name in names or (key.title(),):
        edit = [{"op": "replace", "path": "/name", "value": name}]
        assert api.as_token(token["token"]).patch(f"/api/v2/projects/{key}", edit).status_code == 200
    return str(token["_id"])


def names(response: Any) -> set[str]:
    assert response.status_code == 200, response.text
    return {item["name"] for item in response.json()["items"]}


def test_getAuditLogEntries__token__shows_what_it_wrote(api: Any) -> None:
    first, second, _ = wrote(api, "first"), wrote(api, "second"), wrote(api, "third")
    assert names(api.get(LOG, token=first)) == {"First"}
    assert names(api.request("GET", f"{LOG}?token={first}&token={second}")) == {"First", "Second"}
    assert names(api.get(LOG, token="0" * 24)) == set()


def test_getAuditLogEntries__member__shows_nothing_while_only_tokens_write(api: Any) -> None:
    wrote(api, "first")
    assert names(api.get(LOG, member="0" * 24)) == set()


def test_getAuditLogEntries__token_and_pages__next_page_is_of_the_same_token(api: Any) -> None:
    first = wrote(api, "first", "One", "Two")
    wrote(api, "second")
    page = api.get(LOG, token=first, limit=1)
    following = api.get(page.json()["_links"]["next"]["href"])
    assert names(page) | names(following) == {"One", "Two"}
    assert "next" not in following.json()["_links"]


def test_postAuditLogEntries__token__shows_what_it_wrote(api: Any) -> None:
    first, _ = wrote(api, "first"), wrote(api, "second")
    assert names(api.post(f"{LOG}?token={first}", json=[])) == {"First"}


def test_postAuditLogEntryCounts__token__counts_what_it_wrote(api: Any) -> None:
    first, _ = wrote(api, "first"), wrote(api, "second")
    counted = api.post(f"{LOG}/counts?after=0&before=253402300799999&token={first}", json=[]).json()
    assert counted["totalCount"] == 1


def test_getAuditLogEntries__too_many_tokens__answers_400(api: Any) -> None:
    assert api.get(LOG, token=",".join(["a"] * 101)).status_code == 400

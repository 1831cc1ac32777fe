"""A small project with a flag, and what its segments and contexts need to be looked at."""

import time
from typing import Any

import requests
from playwright.sync_api import Locator, Page

from web.sites import Calls, Site

SECONDS = 15
ANN = {"kind": "user", "key": "ann", "name": "Ann", "country": "NL", "plan": "gold"}
RULE = {"clauses": [{"attribute": "country", "op": "in", "values": ["NL", "DE"]}], "variation": 1}


def make_shop(api: Calls, name: str) -> str:
    """With one flag that is on, and serves something else in two countries."""
    key: str = f"shop-{abs(hash(name)) % 10**8}"
    api.post("/api/v2/projects", {"key": key, "name": "Shop"})
    api.post(f"/api/v2/flags/{key}", {"key": "checkout", "name": "Checkout"})
    at = "/environments/production"
    api.patch(
        f"/api/v2/flags/{key}/checkout",
        [
            {"op": "replace", "path": f"{at}/on", "value": True},
            {"op": "add", "path": f"{at}/rules/-", "value": RULE},
        ],
    )
    return key


def tell(site: Site, project: str, *contexts: dict[str, Any]) -> None:
    """What an SDK does when it evaluates flags for somebody; returns when the server has learnt it."""
    environment = f"/api/v2/projects/{project}/environments/production"
    now = int(time.time() * 1000)
    events: Any = [{"kind": "identify", "creationDate": now, "context": context} for context in contexts]
    key = site.api.get(environment)["apiKey"]
    requests.post(f"{site.address}/bulk", json=events, headers={"Authorization": key}, timeout=30)
    end = time.monotonic() + SECONDS
    while site.api.post(f"{environment}/context-instances/search", {})["totalCount"] < len(contexts):
        assert time.monotonic() < end, "the contexts were not learnt in time"
        time.sleep(0.05)


def visit(page: Page, project: str, path: str) -> None:
    page.goto(f"/projects/{project}/{path}{'&' if '?' in path else '?'}environment=production")


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))


def make_segment(api: Calls, project: str, *instructions: Any, key: str = "beta", **more: Any) -> str:
    path = f"/api/v2/segments/{project}/production"
    api.post(path, {"key": key, "name": key.capitalize(), **more})
    if instructions:
        api.instruct(f"{path}/{key}", *instructions)
    return f"{path}/{key}"

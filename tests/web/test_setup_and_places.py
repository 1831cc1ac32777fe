"""Getting data in, from a new installation on, in a real browser."""

import hashlib
import hmac
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from databases import sqlite_url
from system.programs import TOKEN, serving
from web.accessibility import require_accessible
from web.sites import SETTINGS, Calls, Site

SECRET = "github-secret"
SECONDS = 30
DAY = 86_400_000
FIRST, MERGED = "a" * 40, "b" * 40
STEPS = {
    "deployments": "1. Record deployments",
    "pullRequests": "2. Link pull requests",
    "flag": "3. Make a flag",
    "sdk": "4. Connect an SDK",
    "codeReferences": "5. Find flags in code",
    "token": "6. Give the pipeline a token",
}


@pytest.fixture(scope="module")
def server_settings() -> Mapping[str, str]:
    return {"DAYBREAK_GITHUB_WEBHOOK_SECRET": SECRET}


@pytest.fixture
def project(api: Calls, request: pytest.FixtureRequest) -> str:
    key: str = f"shop-{abs(hash(request.node.name)) % 10**8}"
    api.post("/api/v2/projects", {"key": key, "name": f"Shop {key[5:]}"})
    return key


@pytest.fixture
def pipeline_token(api: Calls) -> Iterator[None]:
    """Tokens belong to no project: the other tests' projects would have one too."""
    made = api.post("/api/v2/tokens", {"name": "pipeline", "serviceToken": True, "role": "writer"})
    yield
    api.delete(f"/api/v2/tokens/{made['_id']}")


@pytest.fixture
def new_site(site: Site, tmp_path: Path) -> Iterator[Site]:
    """A server on which nobody has done anything yet."""
    with serving(sqlite_url(tmp_path), SETTINGS) as server:
        yield Site(server, site.browser)


def open_step(page: Page, project: str, step: str) -> None:
    page.goto(f"/projects/{project}/setup?environment=production&step={step}")
    expect(control(page, step)).to_have_attribute("aria-expanded", "true")


def control(page: Page, step: str) -> Locator:
    """The heading of a step, which says how far it has come."""
    return page.get_by_role("button", name=STEPS[step])


def expect_state(page: Page, step: str, state: str) -> None:
    expect(control(page, step)).to_contain_text(state)


def copied(page: Page, label: str) -> str:
    """What the button beside a command copies."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=f"Copy: {label}").click()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def post_webhook(site: Site, project: str, event: str, payload: Any, delivery: str) -> None:
    name = f"acme/{project}"
    repository = {"full_name": name, "html_url": f"https://git.example/{name}", "default_branch": "main"}
    body = json.dumps({**payload, "repository": repository}).encode()
    signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "X-Hub-Signature-256": signature,
        "X-GitHub-Event": event,
        "X-GitHub-Delivery": f"{project}-{delivery}",
    }
    address = f"{site.address}/webhooks/github/{project}"
    assert requests.post(address, data=body, headers=headers, timeout=30).status_code == 202


def instant(days: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + days * 86_400))


def a_commit(sha: str, message: str, days: float) -> dict[str, Any]:
    return {
        "id": sha,
        "message": message,
        "timestamp": instant(days),
        "author": {"name": "Ada"},
        "modified": ["a"],
    }


def post_merged_pull_request(site: Site, project: str) -> None:
    """As GitHub tells of it: the history before, the merge, the pull request."""
    begin = {"ref": "refs/heads/main", "before": "0" * 40, "after": FIRST, "created": True}
    post_webhook(site, project, "push", {**begin, "commits": [a_commit(FIRST, "Begin", -3)]}, "1")
    merge = {"ref": "refs/heads/main", "before": FIRST, "after": MERGED}
    post_webhook(site, project, "push", {**merge, "commits": [a_commit(MERGED, "Search (#7)", -1)]}, "2")
    pull = {
        "id": 500,
        "number": 7,
        "title": "Faster search",
        "state": "closed",
        "merged": True,
        "created_at": instant(-2),
        "updated_at": instant(-1),
        "merged_at": instant(-1),
        "closed_at": instant(-1),
        "merge_commit_sha": MERGED,
        "head": {"sha": "c" * 40, "ref": "search"},
        "base": {"sha": FIRST, "ref": "main"},
        "user": {"login": "ada", "type": "User"},
        "additions": 10,
        "deletions": 4,
        "changed_files": 2,
        "commits": 1,
        "html_url": "https://git.example/acme/shop/pull/7",
    }
    post_webhook(site, project, "pull_request", {"action": "closed", "number": 7, "pull_request": pull}, "3")


def deploy(api: Calls, project: str, version: str, days: float) -> None:
    event = {
        "projectKey": project,
        "environmentKey": "production",
        "applicationKey": "web",
        "version": version,
        "eventType": "finished",
        "eventTime": int(time.time() * 1000 + days * DAY),
    }
    api.post("/api/v2/engineering-insights/deployment-events", event)


def scan(api: Calls, project: str, flag: str) -> None:
    """What a scanner tells that found the flag once."""
    repository = f"repository-of-{project}"
    api.post(
        "/api/v2/code-refs/repositories", {"name": repository, "type": "custom", "defaultBranch": "main"}
    )
    hunk = {"startingLineNumber": 7, "lines": "x", "projKey": project, "flagKey": flag}
    body = {
        "name": "main",
        "head": "c0ffee",
        "syncTime": int(time.time() * 1000),
        "references": [{"path": "src/a.py", "hunks": [hunk]}],
    }
    api.put(f"/api/v2/code-refs/repositories/{repository}/branches/main", body)


def evaluate(api: Calls, site: Site, project: str, flag: str) -> None:
    """What an SDK tells that was asked for the flag once."""
    now = int(time.time() * 1000)
    counter = {"value": False, "variation": 1, "version": 1, "count": 1}
    features = {flag: {"default": False, "contextKinds": ["user"], "counters": [counter]}}
    summary: Any = {"kind": "summary", "startDate": now, "endDate": now, "features": features}
    key = api.get(f"/api/v2/projects/{project}/environments/production")["apiKey"]
    requests.post(f"{site.address}/bulk", json=[summary], headers={"Authorization": key}, timeout=30)


def test_setup__empty_project__says_what_to_do_first(page: Page, project: str) -> None:
    page.goto(f"/projects/{project}/setup")
    expect(page.get_by_text("0 of 6")).to_be_visible()
    expect(page.get_by_text("Next: Record deployments")).to_be_visible()
    expect(control(page, "deployments")).to_have_attribute("aria-expanded", "true")
    command = page.get_by_role("region", name="Import a git history")
    expect(command).to_contain_text(f"--project {project} --environment production")
    require_accessible(page)
    for step in STEPS:
        expect_state(page, step, "Waiting")
        open_step(page, project, step)
        require_accessible(page)


def test_setup__curl_is_pasted__turns_to_done_by_itself(page: Page, project: str) -> None:
    open_step(page, project, "deployments")
    page.get_by_role("tab", name="curl").click()
    command = copied(page, "Send a deployment")
    subprocess.run(
        ["bash", "-c", command],
        check=True,
        timeout=SECONDS,
        env={"DAYBREAK_TOKEN": TOKEN, "PATH": "/usr/bin:/bin"},
    )
    expect_state(page, "deployments", "Done")
    expect(page.get_by_text("1 recorded. The last is v1.4.0 of web, just now.")).to_be_visible()
    expect(page.get_by_text("1 of 6")).to_be_visible()


def test_setup__program_of_an_sdk_is_run__turns_to_done_by_itself(
    page: Page, api: Calls, project: str
) -> None:
    api.post(f"/api/v2/flags/{project}", {"key": "checkout", "name": "Checkout"})
    open_step(page, project, "sdk")
    program = copied(page, "A program that asks for one flag")
    shown = page.get_by_role("region", name="A program that asks for one flag")
    key = api.get(f"/api/v2/projects/{project}/environments/production")["apiKey"]
    assert key in program
    expect(shown).not_to_contain_text(key)
    ran = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=SECONDS
    )
    assert ran.stdout.strip() == "False"
    expect_state(page, "sdk", "Done")


def test_setup__pull_request_before_and_after_its_deployment__is_half_done_and_done(
    page: Page, api: Calls, site: Site, project: str
) -> None:
    open_step(page, project, "pullRequests")
    expect(page.get_by_text(f"/webhooks/github/{project}")).to_be_visible()
    deploy(api, project, FIRST, -2.5)
    post_merged_pull_request(site, project)
    expect_state(page, "pullRequests", "Half done")
    require_accessible(page)
    deploy(api, project, MERGED, -0.5)
    expect_state(page, "pullRequests", "Done")
    expect(page.get_by_text("1 delivered to this environment.")).to_be_visible()


def test_setup__everything_has_arrived__says_so(
    page: Page, api: Calls, site: Site, project: str, pipeline_token: None
) -> None:
    deploy(api, project, FIRST, -2.5)
    post_merged_pull_request(site, project)
    deploy(api, project, MERGED, -0.5)
    api.post(f"/api/v2/flags/{project}", {"key": "checkout", "name": "Checkout"})
    scan(api, project, "checkout")
    open_step(page, project, "token")
    expect(page.get_by_text("pipeline has not been used yet.")).to_be_visible()
    expect(page.get_by_text("5 of 6")).to_be_visible()
    expect(page.get_by_text("Next: Connect an SDK")).to_be_visible()
    evaluate(api, site, project, "checkout")
    expect(page.get_by_text("6 of 6")).to_be_visible()
    expect(page.get_by_text("Everything is connected.")).to_be_visible()
    require_accessible(page)


def test_setup__step_is_closed_and_opened__stands_in_the_address(page: Page, project: str) -> None:
    page.goto(f"/projects/{project}/setup")
    control(page, "sdk").click()
    expect(page).to_have_url(re.compile("step=sdk"))
    page.get_by_role("tab", name="Go").click()
    expect(page.get_by_role("region", name="A program that asks for one flag")).to_contain_text(
        "package main"
    )
    control(page, "sdk").click()
    expect(control(page, "sdk")).to_have_attribute("aria-expanded", "false")


def test_projects__new_installation__leads_to_setting_up(new_site: Site) -> None:
    with new_site.visited(new_site.owner()) as page:
        page.goto("/")
        expect(page.get_by_role("heading", name="Create your first project")).to_be_visible()
        require_accessible(page)
        page.get_by_label("Name").fill("Web Shop")
        expect(page.get_by_label("Key")).to_have_value("web-shop")
        page.get_by_role("button", name="Create the project").click()
        expect(page).to_have_url(re.compile("/projects/web-shop/setup"))
        expect(page.get_by_text("0 of 6")).to_be_visible()

"""The overview in a browser that never saw it: when the scores stand there, and how much script that is."""

import statistics
from typing import Any

from playwright.sync_api import Browser, StorageState, sync_playwright

from bench.account import Account
from bench.lines import ROUNDS, Line, say
from bench.server import daybreak
from daybreak.platform.clock import HOUR, SystemClock
from scripts.find_browser import Machine, find_browser
from web.conftest import ARGUMENTS
from web.sites import OWNER, PASSWORD, sign_in

MOST_BYTES = 350_000

# When the overall score stands there, as people see it, and not the place kept free for it.
_SHOWN = """async () => {
    while (!document.querySelector('main')?.innerText.includes('Overall')) {
        await new Promise(requestAnimationFrame);
    }
    return performance.now();
}"""
_SCRIPTS = """performance.getEntriesByType('resource').filter(each => each.name.endsWith('.js'))
    .reduce((sum, each) => sum + each.encodedBodySize, 0)"""
_PAINTED = """async () => {
    while (!performance.getEntriesByName('first-contentful-paint').length) {
        await new Promise(requestAnimationFrame);
    }
    return performance.getEntriesByName('first-contentful-paint')[0].startTime;
}"""


def measure_interface(url: str) -> list[Line]:
    say("the overview in a browser …")
    path = find_browser(Machine())
    assert path is not None, "there is no browser"
    with (
        daybreak(url, DAYBREAK_OWNER_EMAIL=OWNER, DAYBREAK_OWNER_PASSWORD=PASSWORD) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        state, bare = _enter(browser, server.address)
        account = Account(deployments=1, pull_requests=1, now=SystemClock().now() // HOUR * HOUR)
        overview = f"{server.address}/projects/{account.project_key}/overview"
        overview += f"?environment={account.environment_key}"
        visits = [_visit(browser, overview, state) for _ in range(ROUNDS)]
        browser.close()
    seconds = statistics.median(shown for shown, _ in visits) / 1000
    scripts = max(size for _, size in visits)
    return [
        Line(
            "the overview's scores on the screen, nothing kept by the browser, against the sign-in form",
            f"{seconds:.2f} to {bare / 1000:.2f} s",
            "under 1 s",
            seconds < 1,
        ),
        Line(
            "script of the overview, compressed",
            f"{scripts / 1000:.0f} kB",
            "under 350 kB",
            0 < scripts < MOST_BYTES,
        ),
    ]


def _enter(browser: Browser, address: str) -> tuple[StorageState, float]:
    """Signs in; and the milliseconds until the form stood there, a page without script."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/sign-in")
        painted: float = page.evaluate(_PAINTED)
        sign_in(page, OWNER)
        page.wait_for_url(f"{address}/projects/**")
        return context.storage_state(), painted


def _visit(browser: Browser, overview: str, state: StorageState) -> tuple[float, int]:
    """Milliseconds from the start of the navigation until the scores are there, and bytes of script."""
    with browser.new_context(storage_state=state) as context:
        page = context.new_page()
        page.goto(overview, wait_until="commit")
        shown: float = page.evaluate(_SHOWN)
        page.wait_for_load_state("networkidle")
        size: Any = page.evaluate(_SCRIPTS)
        return shown, int(size)

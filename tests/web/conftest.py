"""The interface in a real browser, on a server of its own process.

`page` is the owner's, `reader_page` a reader's, `visitor_page` that of somebody who has not signed in; `api`
calls their server. `demo_page` is the owner's on another one, with the made-up project.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from databases import sqlite_url
from daybreak.ui.application import DIST, INDEX
from scripts.find_browser import Machine, find_browser
from system.programs import serving
from web.browser_thread import BrowserThread
from web.sites import SETTINGS, Calls, Site

HERE = Path(__file__).parent
THREAD = pytest.StashKey[BrowserThread]()

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Two browsers and two servers share two cores with whatever else runs.
MILLISECONDS_TO_WAIT = 15_000


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Fixtures, test and what comes after all run in the browser's thread."""
    if not item.path.is_relative_to(HERE):
        return None
    thread = item.session.stash.setdefault(THREAD, BrowserThread())
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    thread.run(partial(runtestprotocol, item, nextitem=nextitem))
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.fixture(scope="session")
def playwright(request: pytest.FixtureRequest) -> Iterator[Playwright]:
    started = sync_playwright().start()
    yield started
    # The last test of all may be another folder's, in the main thread.
    request.session.stash[THREAD].run(started.stop)


@pytest.fixture(scope="session")
def browser(playwright: Playwright, request: pytest.FixtureRequest) -> Iterator[Browser]:
    assert (DIST / INDEX.lstrip("/")).exists(), "the interface is not built: `make test` builds it first"
    path = find_browser(Machine())
    assert path is not None, "there is no browser: see what scripts/find_browser.py says"
    expect.set_options(timeout=MILLISECONDS_TO_WAIT)
    launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield launched
    request.session.stash[THREAD].run(launched.close)


@pytest.fixture(scope="module")
def server_settings() -> Mapping[str, str]:
    """What the module's servers are told besides: a module that needs something names its own."""
    return {}


@pytest.fixture(scope="module")
def site(
    browser: Browser, server_settings: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """One for all tests of a module: each has projects of its own."""
    url = sqlite_url(tmp_path_factory.mktemp("site"))
    with serving(url, {**SETTINGS, **server_settings}) as server:
        yield Site(server, browser)


@pytest.fixture(scope="module")
def demo_site(
    browser: Browser, server_settings: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    url = sqlite_url(tmp_path_factory.mktemp("demo"))
    with serving(url, {**SETTINGS, **server_settings}, 0, "--demo") as server:
        yield Site(server, browser)


@pytest.fixture
def api(site: Site) -> Calls:
    return site.api


@pytest.fixture
def tolerated() -> list[str]:
    """Parts of problems that a test causes on purpose: it adds them, such as "409 (Conflict)"."""
    return []


@pytest.fixture
def page(site: Site, tolerated: list[str]) -> Iterator[Page]:
    with site.visited(site.owner(), tolerated) as opened:
        yield opened


@pytest.fixture
def reader_page(site: Site, tolerated: list[str]) -> Iterator[Page]:
    with site.visited(site.reader(), tolerated) as opened:
        yield opened


@pytest.fixture
def visitor_page(site: Site, tolerated: list[str]) -> Iterator[Page]:
    with site.visited(None, tolerated) as opened:
        yield opened


@pytest.fixture
def demo_page(demo_site: Site, tolerated: list[str]) -> Iterator[Page]:
    with demo_site.visited(demo_site.owner(), tolerated) as opened:
        yield opened

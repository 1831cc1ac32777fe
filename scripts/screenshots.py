"""Pictures of each page of the interface, in both themes and with the made-up project: `make screenshots`.

python scripts/screenshots.py FOLDER
"""

import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, expect, sync_playwright

from databases import sqlite_url
from scripts.find_browser import Machine, find_browser
from system.programs import serving
from web.conftest import ARGUMENTS
from web.sites import SETTINGS, Site

PROJECT = "/projects/demo"
FLAG = f"{PROJECT}/flags/new-checkout"
PAGES = {
    "overview": f"{PROJECT}/overview",
    "explanation": f"{PROJECT}/overview?metric=leadTime",
    "deployments": f"{PROJECT}/deployments",
    "lead-time": f"{PROJECT}/lead-time",
    "releases": f"{PROJECT}/releases",
    "flag-health": f"{PROJECT}/flag-health",
    "experimentation": f"{PROJECT}/experimentation",
    "groups": f"{PROJECT}/groups",
    "setup": f"{PROJECT}/setup",
    "flags": f"{PROJECT}/flags",
    "targeting": f"{PROJECT}/flags/beta-program/targeting",
    "variations": f"{FLAG}/variations",
    "flag-insights": f"{FLAG}/insights",
    "flag-history": f"{FLAG}/history",
    "code-references": f"{FLAG}/code-references",
    "flag-settings": f"{FLAG}/settings",
    "segments": f"{PROJECT}/segments",
    "segment": f"{PROJECT}/segments/testers",
    "contexts": f"{PROJECT}/contexts",
    "context": f"{PROJECT}/contexts/user/ann-1",
    "environments": f"{PROJECT}/environments",
    "projects": "/settings/projects",
    "members": "/settings/members",
    "teams": "/settings/teams",
    "roles": "/settings/roles",
    "tokens": "/settings/tokens",
    "webhooks": "/settings/webhooks",
    "audit-log": "/settings/audit-log",
}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    browser_path = find_browser(Machine())
    assert browser_path is not None, "there is no browser"
    with (
        tempfile.TemporaryDirectory(prefix="daybreak-screens-") as data,
        serving(sqlite_url(Path(data)), SETTINGS, 0, "--demo") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        site = Site(server, browser)
        with site.visited(site.owner()) as page:
            page.set_viewport_size({"width": 1280, "height": 860})
            for name, path in PAGES.items():
                picture(page, name, path, folder)
        browser.close()


def picture(page: Page, name: str, path: str, folder: Path) -> None:
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_label("Loading")).to_have_count(0)
        page.wait_for_load_state("load")
        page.screenshot(path=folder / f"{name}-{theme}.png", animations="disabled")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

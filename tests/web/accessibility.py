"""Whether people who cannot see, point or tell colours apart can use a page, as far as axe-core can tell."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]

_RUN = "rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })"


def require_accessible(page: Page) -> None:
    """The page as it is now breaks no rule of WCAG 2.1 AA, and follows what is known to be good."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text())
    violations = page.evaluate(_RUN, RULES)["violations"]
    assert not violations, f"{page.url} is not accessible:\n" + "\n".join(map(_told, violations))


def _told(violation: Any) -> str:
    lines = [f"{violation['impact']}: {violation['help']} ({violation['id']})"]
    for node in violation["nodes"]:
        place = " ".join(map(str, node["target"]))
        lines += [f"  {place}", *(f"    {line}" for line in node["failureSummary"].splitlines())]
    return "\n".join(lines)

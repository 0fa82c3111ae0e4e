"""Axe in a browser's page. Only what it finds comes back: what it looked at is many times more, on every page."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = "options => axe.run(options).then(found => found.violations)"


def violations(page: Page, rules: list[str] | None = RULES) -> str:
    """A report of each rule broken by the page as it is shown now, empty when none is; no `rules` are all of axe's."""
    if not page.evaluate("typeof window.axe?.run === 'function'"):
        page.evaluate(AXE_SCRIPT)
    options: dict[str, Any] = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    found: list[dict[str, Any]] = page.evaluate(_RUN, options)
    return str(AxeResults({"violations": found}).generate_report()) if found else ""

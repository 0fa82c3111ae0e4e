"""Axe in a browser's page. Only what it finds comes back: what it looked at is many times more, on every page.

The contrast of colours is most of axe's work, and the same for everything that is painted alike: a run looks at each
way of painting text once, all other rules at every page that is held to them.
"""

from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = (Path(__file__).parent / "accessibility.js").read_text(encoding="utf-8")
_sound: set[int] = set()
"""Ways of painting text in which axe found nothing wrong."""


def violations(page: Page, rules: list[str] | None = RULES) -> str:
    """A report of each rule broken by the page as it is shown now, empty when none is; no `rules` are all of axe's."""
    if not page.evaluate("typeof window.axe?.run === 'function'"):
        page.evaluate(AXE_SCRIPT)
    options: dict[str, Any] = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    told: dict[str, Any] = page.evaluate(_RUN, [options, sorted(_sound)])
    found: list[dict[str, Any]] = told["violations"]
    if found:
        return str(AxeResults({"violations": found}).generate_report())
    _sound.update(told["painted"])
    return ""

"""Fill any form of the folders in a browser, box by box, from answers such as the examples hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page

_BOXES = """() => [...document.querySelectorAll('form[data-autosave] input, form[data-autosave] select')]
    .filter(box => box.name && box.type !== 'hidden')
    .map(box => ({name: box.name, kind: box.tagName === 'SELECT' ? 'select' : box.type, value: box.value}))"""
_DAY = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?")
_ON_TO_MORE = "hoi-them"


def fill_section(page: Page, answers: Mapping[str, Any]) -> None:
    """Every box of the section that is empty and has an answer, and on to the next; also what an answer opens."""
    for _ in range(4):
        here = place(page)
        _add_rows(page, answers)
        for box in page.evaluate(_BOXES):
            _fill(page, box, answers)
        press(page, page.get_by_role("button", name="Lưu và tiếp tục"))
        if place(page) != here:
            return
        assert _ON_TO_MORE in page.url or _waits_for_communes(page, answers), page.get_by_role("alert").inner_text()
    raise AssertionError(f"stuck at {page.url}")


def press(page: Page, button: Locator) -> None:
    """Press and wait until the answer can be read; its pictures may still be coming."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        button.click()


def place(page: Page) -> str:
    """The address without what follows `?` and `#`; a fragment is carried through redirects."""
    return page.url.partition("?")[0].partition("#")[0]


def _waits_for_communes(page: Page, answers: Mapping[str, Any]) -> bool:
    """Without scripts the communes of a province come with the next page."""
    return any(
        page.locator(f"select[name='{name}.commune'] option[value='{value['commune']}']").count()
        for name, value in answers.items()
        if isinstance(value, dict) and "commune" in value
    )


def _add_rows(page: Page, answers: Mapping[str, Any]) -> None:
    for table, rows in answers.items():
        add = page.locator(f"button[name=_add][value={table}]")
        if not (isinstance(rows, list) and rows and isinstance(rows[0], dict) and add.count()):
            continue
        for _ in range(len(rows) - page.locator(f"[id='{table}'] > fieldset").count()):
            press(page, add)


def _fill(page: Page, box: Mapping[str, str], answers: Mapping[str, Any]) -> None:
    answer = _answer(answers, box["name"])
    if answer is None or answer == "":
        return
    selector = f"[name='{box['name']}']"
    if box["kind"] in ("radio", "checkbox"):
        chosen = answer if isinstance(answer, list) else [answer]
        if answer is True or box["value"] in map(str, chosen):
            page.locator(f"{selector}[value='{box['value']}']").check()
    elif box["value"] == "" and box["kind"] == "select":
        if page.locator(f"select{selector} option[value='{answer}']").count():
            page.locator(f"select{selector}").select_option(str(answer))
    elif box["value"] == "":
        page.locator(selector).fill(str(answer))


def _answer(answers: Mapping[str, Any], name: str) -> Any:
    """The answer for the box `children[0].born_on.month`; a day is spread over its three boxes."""
    value: Any = answers
    for step in re.findall(r"[a-z_0-9]+", name):
        if isinstance(value, list):
            value = value[int(step)] if int(step) < len(value) else None
        elif isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, str) and step in ("day", "month", "year") and (parts := _DAY.fullmatch(value)):
            return parts[step]
        else:
            return None
    return None if isinstance(value, Mapping) else value

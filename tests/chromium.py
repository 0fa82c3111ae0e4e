"""The browser of the journeys: Debian's Chromium without its window, or any other on the PATH.

The shell draws the same pages; a browser with a window, even when headless, draws its own frame as pages beside each of
ours, and costs two to four times as much.
"""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # A page is looked at for a second or two: no process waits ready for the next one, no thread compiles ahead.
    "--no-zygote", "--in-process-gpu", "--num-raster-threads=1", "--js-flags=--single-threaded",
]  # fmt: skip


def find_chromium() -> str | None:
    """The browser's path, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def chromium_path() -> str:
    """The browser's path for Playwright's `executable_path`; skips the test, saying so, where there is none."""
    path = find_chromium()
    if path is None:
        pytest.skip("Chromium is missing: apt install chromium-headless-shell")
    return path


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Headless Chromium, started once in a run; whatever was opened in it meanwhile is closed at the end."""
    browser = _started(chromium_path())
    before = list(browser.contexts)
    try:
        yield browser
    finally:
        for context in [one for one in browser.contexts if one not in before]:
            context.close()


@cache
def _started(path: str) -> Browser:
    # Playwright's synchronous interface keeps an event loop in the test's thread; our queries there block nobody.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    return playwright.chromium.launch(executable_path=path, args=_FLAGS)

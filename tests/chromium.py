"""The browser of the journeys: Debian's Chromium, or any other on the PATH."""

import shutil

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """The browser's path, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def chromium_path() -> str:
    """The browser's path for Playwright's `executable_path`; skips the test, saying so, where there is none."""
    path = find_chromium()
    if path is None:
        pytest.skip("Chromium is missing: apt install chromium")
    return path

"""The product served to a real browser, and what every page of a journey is held to."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from wsgiref.simple_server import make_server

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from playwright.sync_api import Page

from ansinh.platform.queue import drain
from ansinh.platform.row_security.viewer import as_the_house
from tests.accessibility import violations
from tests.threads import aside
from tests.web.site import Quiet, Server, collected

WIDTHS = (360, 1280)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Playwright's synchronous interface keeps an event loop in the test's thread; our queries there block nobody.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
SHOTS = os.environ.get("ANSINH_SHOTS", "")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the whole product, while it is served with hashed static files."""
    # Each request has a thread of its own here, so its connection must end with it.
    connections.settings["default"]["CONN_MAX_AGE"] = 0
    with collected(folder):
        server = make_server("127.0.0.1", 0, WSGIHandler(), server_class=Server, handler_class=Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def work_off(at: datetime) -> None:
    """What the worker would do, in a thread of its own as there."""
    with as_the_house():
        aside(lambda: drain(at))


def hold(page: Page, name: str) -> None:
    """Axe finds nothing and nothing overflows at both widths; with ANSINH_SHOTS the page is also photographed."""
    page.wait_for_load_state()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        assert page.evaluate(OVERFLOW) == 0, f"{name} at {width}"
        assert not (found := violations(page)), f"{name} at {width}: {found}"

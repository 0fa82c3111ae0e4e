"""The whole product behind a real port: middleware, hashed static files, strict policy, one thread a request."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import make_server

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.http import HttpRequest, HttpResponseBase
from django.test import override_settings

from ansinh.platform.row_security.roles import APPLICATION
from tests.web import site


class LettingGo(WSGIHandler):
    """Each request has its own thread, so its database connection ends with it."""

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the role of the pages, then close what this thread opened."""
        database = connections["default"]
        options = {**database.settings_dict["OPTIONS"], "assume_role": APPLICATION}
        database.settings_dict = {**database.settings_dict, "OPTIONS": options}
        try:
            return super().get_response(request)
        finally:
            connections.close_all()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the product while it is served; `folder` takes the collected static files."""
    with site.collected(folder), override_settings(ALLOWED_HOSTS=["127.0.0.1"]):
        server = make_server("127.0.0.1", 0, LettingGo(), server_class=site.Server, handler_class=site.Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

"""Serve the gallery as the product is served: real middleware, whitenoise with hashed files, strict policy."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.test import override_settings

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ansinh.web.static_storage.HashedStaticFiles"},
}


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request, so that a page and its files come together."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""


@contextmanager
def collected(folder: Path) -> Iterator[Path]:
    """The static files with hashed names in `folder`, and the settings that use them."""
    with override_settings(STATIC_ROOT=folder, STORAGES=STORAGES):
        call_command("collectstatic", verbosity=0, interactive=False)
        yield folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the gallery, while it is served."""
    with collected(folder), override_settings(ROOT_URLCONF="tests.web.gallery_site", ALLOWED_HOSTS=["127.0.0.1"]):
        server = make_server("127.0.0.1", 0, WSGIHandler(), server_class=Server, handler_class=Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

"""Loaded by pytest before Django reads its settings: an own folder and an own database on the shared test server."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from ansinh.platform.postgres.shared import shared_test_server
from tests.network import refuse_outside_connections

ROOT = Path(__file__).resolve().parents[1]
_resources = ExitStack()


def _prepare() -> None:
    os.environ.setdefault("ANSINH_DEMO", "1")
    os.environ["ANSINH_VAR"] = _resources.enter_context(tempfile.TemporaryDirectory(prefix="ansinh-test-"))
    (Path(os.environ["ANSINH_VAR"]) / "static").mkdir()  # whitenoise wants it to be there
    if "DATABASE_URL" not in os.environ:
        cluster = _resources.enter_context(shared_test_server(checkout=ROOT))
        os.environ["DATABASE_URL"] = cluster.url("postgres")
        os.environ["ANSINH_OWN_TEST_SERVER"] = "1"
    os.environ["ANSINH_DATABASE_AS"] = "owner"  # tests make what they need; mouths are tested as the application's role
    os.environ["ANSINH_TEST_DATABASE"] = f"test_ansinh_{os.getpid()}"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Give back the shared test server."""
    _resources.close()


_prepare()
refuse_outside_connections()

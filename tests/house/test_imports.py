"""The direction of imports: the contracts of pyproject.toml are kept."""

import io
from contextlib import redirect_stdout

from importlinter.cli import lint_imports

from tests.house.source import ROOT, contexts, imported, short

WEB_ONLY = ("django.http", "django.shortcuts", "django.urls", "django.views", "django.middleware")


def test_the_import_contracts_are_kept() -> None:
    told = io.StringIO()
    with redirect_stdout(told):
        status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == 0, told.getvalue()


def test_no_context_knows_http() -> None:
    offenders = [
        f"{short(path)} imports {name}" for path in contexts() for name in imported(path) if name.startswith(WEB_ONLY)
    ]
    assert offenders == []

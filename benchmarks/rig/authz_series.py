"""The run of `./bench authz`: one world, one transaction, every cell undone."""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from django.db import transaction
from django.test import override_settings
from django.test.utils import setup_test_environment

from ansinh.dossiers.models import Dossier
from ansinh.platform.row_security.viewer import as_the_house
from tests.matrix.principals import everybody
from tests.matrix.run import Outcome, run
from tests.matrix.things import MONDAY, given

SHOWN = 30


def measure(folder: Path, wanted: argparse.Namespace) -> bool:
    """Whether every address is declared and no cell leaks."""
    setup_test_environment()
    logging.disable(logging.CRITICAL)  # refusals are what is asked for
    began = time.monotonic()
    with ExitStack() as stack:
        stack.enter_context(_settings(folder))
        stack.enter_context(as_the_house())
        stack.enter_context(_undone())
        world = given()
        people = everybody(world)
        if wanted.sabotage:
            stack.enter_context(_unchecked())
        outcome = run(world, people, sample=wanted.cells, seed=wanted.seed, strange_only=wanted.sabotage)
    _print(outcome, principals=len(people), seconds=time.monotonic() - began)
    return outcome.kept


def _print(outcome: Outcome, *, principals: int, seconds: float) -> None:
    print(f"routes {outcome.routes}, undeclared {len(outcome.undeclared)} {outcome.undeclared[:10]}")
    print(f"principals {principals}; cells {outcome.cells} of {outcome.declared} in {seconds:.0f} s")
    for standing, count in outcome.asked.items():
        print(f"  {count:6}  {standing.value}")
    print(f"leaks {len(outcome.leaks)}")
    for leak in outcome.leaks[:SHOWN]:
        print(f"  {leak}")


@contextmanager
def _settings(folder: Path) -> Iterator[None]:
    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        FILES_DIR=folder / "files", SIGNING_DIR=folder / "signing", CLOCK=lambda: MONDAY, STORAGES=storages
    ):
        yield


@contextmanager
def _undone() -> Iterator[None]:
    """A transaction that tests may nest durable ones in, undone at the end."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


@contextmanager
def _unchecked() -> Iterator[None]:
    """Sabotage: the list and the pages of dossiers no longer ask whose they are."""
    with patch("ansinh.dossiers.access._visible_to", lambda actor: Dossier.objects.all()):
        yield

"""Play examples one after another, each undone again: nothing of one is there for the next, and nothing stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from ansinh.catalogue.folder import Example, ProcedureFolder
from ansinh.counterparty.timestamps import Temper, TimestampAuthority, serve_timestamps
from ansinh.demo.play.compare import differences
from ansinh.demo.play.play import Played, moment, play
from ansinh.demo.play.town import build_town
from ansinh.platform.errors import DomainError


@dataclass(frozen=True)
class Rehearsed:
    """An example with what came of it, and where that is not what it expects."""

    folder: ProcedureFolder
    example: Example
    played: Played
    faults: list[str]


def rehearse(pairs: Iterable[tuple[ProcedureFolder, Example]], *, scratch: Path, at: datetime) -> Iterator[Rehearsed]:
    """Play these in a town of their own, in a transaction that is rolled back. `scratch`: a folder nobody needs."""
    clock = [at]
    authority = TimestampAuthority(lambda: Path(settings.SIGNING_DIR), Temper(), clock=lambda: clock[0])
    server = serve_timestamps(authority, "127.0.0.1", 0)
    settings.TIMESTAMP_URL = f"http://127.0.0.1:{server.server_address[1]}/"
    settings.AUTHORITY_URL = ""
    try:
        with transaction.atomic():
            build_town(at=at)
            for number, (folder, example) in enumerate(pairs):
                clock[0] = moment(example.today, hour=17)
                places = scratch / f"log-{number}"
                settings.PROOF_PLACES = [places / "first", places / "second"]
                yield _rehearsed(folder, example)
            transaction.set_rollback(True)
    finally:
        server.shutdown()
        server.server_close()


def _rehearsed(folder: ProcedureFolder, example: Example) -> Rehearsed:
    try:
        played = play_and_undo(folder, example)
    except DomainError as refusal:
        return Rehearsed(folder, example, Played(folder.slug, example.key), [f"{refusal.code}: {refusal}"])
    return Rehearsed(folder, example, played, differences(folder, example, played))


def play_and_undo(folder: ProcedureFolder, example: Example) -> Played:
    """Play one and take it back, in the caller's transaction."""
    mark = transaction.savepoint()
    try:
        return play(folder, example)
    finally:
        transaction.savepoint_rollback(mark)

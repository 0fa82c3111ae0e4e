"""Kiểm tra nhật ký và các bản lưu của nó, hoặc xuất một bản để kiểm tra ở nơi khác.

Check the log and its copies, or export one that can be checked elsewhere with verifier/ansinh_verify.py.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from ansinh.cli.connect import connect

SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two things it can do."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser(
        "check",
        help="đối chiếu cơ sở dữ liệu, nhật ký và các bản lưu / database, log and copies against each other",
        description="Every change of state has one event, by an actor the program signed; guards are in place; the log "
        "in the database and every copy are one history; sealed numbers open with the keys that are here. Exit code 1 "
        "when something does not fit. Events that nobody "
        "was named for are counted, and are no fault by themselves.",
    )
    export = commands.add_parser(
        "export",
        help="xuất một bản nhật ký ra thư mục / write a copy of the log to a folder",
        description="Writes events, checkpoints, time-stamps and public keys; what the folder has already is kept.",
        epilog="Example: ansinh proof export /media/usb/log && "
        "python3 ansinh_verify.py log /media/usb/log --trust trust.pem",
    )
    export.add_argument("folder", type=Path, metavar="DIR", help="thư mục, được tạo nếu chưa có / a folder")


def run(options: argparse.Namespace) -> int:
    """Seal what waits, then check or export."""
    connect()
    from ansinh.proof.faults import Disagreement
    from ansinh.proof.seal_log import seal_all

    try:
        seal_all(at=datetime.now(UTC))
    except Disagreement as found:
        print(f"SAI / WRONG  {found}")
        if options.command == "check":
            _check()
        return 1
    return _check() if options.command == "check" else _export(options.folder)


def _check() -> int:
    from django.conf import settings

    from ansinh.platform.sealed_fields.rows import faults, sealed_columns, versions
    from ansinh.proof.models import Place
    from ansinh.proof.reconcile import gaps
    from ansinh.signing.trust.export import trusted_pem
    from ansinh.walls.drift import look

    found = Counter[str]()
    for gap in gaps():
        found[gap.code] += 1
        if found[gap.code] <= SHOWN:
            print(f"{'    ' if gap.code == 'actor-unnamed' else 'SAI / WRONG'}  {gap}")
    for code, count in found.items():
        print(f"{code}: {count}")
    for place in Place.objects.exclude(failing_since=None):
        print(f"SAI / WRONG  place-fails: {place.folder}, {place.last_error}")
        found["place-fails"] += 1
    for part in look(at=datetime.now(UTC)):
        print(f"SAI / WRONG  guard-drifted: {part}")
        found["guard-drifted"] += 1
    for column in sealed_columns():
        print(f"{column.place}: {', '.join(f'{count} (khóa / key {one})' for one, count in versions(column).items())}")
    for fault in faults():
        print(f"SAI / WRONG  sealed-number: {fault}")
        found["sealed-number"] += 1
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "database"
        _export(here)
        copies = [str(place) for place in settings.PROOF_PLACES if place.is_dir()]
        trust = Path(folder) / "trust.pem"
        trust.write_bytes(trusted_pem(at=datetime.now(UTC)))
        verifier = settings.BASE_DIR / "verifier" / "ansinh_verify.py"
        command = [sys.executable, str(verifier), "log", str(here), *copies, "--trust", str(trust)]
        status = subprocess.run(command, check=False).returncode
    return 1 if status or set(found) - {"actor-unnamed"} else 0


def _export(folder: Path) -> int:
    from ansinh.proof.models import Checkpoint
    from ansinh.proof.places import bring_up_to

    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        print("Nhật ký còn trống. / The log is empty.")
        return 0
    bring_up_to(folder, last=last)
    print(f"{folder}: {last.size} sự kiện / events", flush=True)
    return 0

"""Clean logs, tampered logs, a long log."""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from ansinh.proof import notes
from ansinh.proof.copy import Copy
from ansinh.proof.merkle import Range, leaf_hash
from ansinh.proof.models import Checkpoint
from ansinh.proof.places import bring_up_to
from ansinh.proof.seal_log import seal_all
from ansinh.signing.seal import seal_key_id, seal_public_key
from benchmarks.rig.installation import CHECKOUT
from benchmarks.rig.tamperings import TAMPERINGS

AIM_LONG_SECONDS = 10.0
VERIFIER = CHECKOUT / "verifier" / "ansinh_verify.py"
BEGAN = datetime(2026, 11, 9, 2, 0, tzinfo=UTC)
EVENTS = """
INSERT INTO platform_auditevent ("table", row_id, from_state, to_state, actor, proof, transaction)
SELECT 'dossiers_dossier', gen_random_uuid(), 'submitted', 'in_progress', 'officer:' || gen_random_uuid(),
    encode(sha256(number::text::bytea), 'hex'), txid_current() FROM generate_series(1, %s) number
"""


def measure(folder: Path, wanted: argparse.Namespace) -> bool:
    """Whether every aim is met."""
    random, verifier = Random(wanted.seed), _verifier()
    accused = _grow_and_check_clean(folder, wanted, random, verifier)
    named = _tamper(folder, wanted, random, verifier)
    seconds = _time_long_log(folder / "long", wanted.long)
    print(f"verified {wanted.long:,} events in {seconds:.1f} s (aim ≤ {AIM_LONG_SECONDS:.0f} s for 1,000,000)")
    quick = seconds <= AIM_LONG_SECONDS * max(1.0, wanted.long / 1_000_000)
    return not accused and named and quick


def _grow_and_check_clean(folder: Path, wanted: argparse.Namespace, random: Random, verifier: ModuleType) -> int:
    """Seal in steps of uneven size, verifying database and copies after each; how many were accused."""
    cuts = [*sorted(random.sample(range(1, wanted.events), wanted.clean - 1)), wanted.events]
    accused = 0
    for number, (before, size) in enumerate(zip([0, *cuts[:-1]], cuts, strict=True)):
        with connection.cursor() as cursor:
            cursor.execute(EVENTS, [size - before])
        seal_all(at=BEGAN + timedelta(seconds=10 * number))
        accused += bool(_faults(folder, verifier))
    print(f"clean logs {wanted.clean} (up to {wanted.events:,} events), accused {accused}")
    return accused


def _tamper(folder: Path, wanted: argparse.Namespace, random: Random, verifier: ModuleType) -> bool:
    kinds = list(TAMPERINGS)
    done, named, examples, began = Counter[str](), Counter[str](), list[str](), time.monotonic()
    for number in range(wanted.tamperings):
        kind = kinds[number % len(kinds)]
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
            index = TAMPERINGS[kind](random)
            faults = [] if wanted.sabotage and _copies_agree(verifier) else _faults(folder, verifier)
            transaction.set_rollback(True)
        done[kind] += 1
        if any(fault.kind == kind and fault.index == index for fault in faults):
            named[kind] += 1
        else:
            examples.append(f"{kind} at {index}: told {[f'{one.kind} {one.index}' for one in faults]}")
    print(
        f"tamperings {wanted.tamperings} as superuser on {wanted.events:,} events: found and named"
        f" {named.total()} ({time.monotonic() - began:.0f} s)"
    )
    print("  " + ", ".join(f"{kind} {named[kind]}/{done[kind]}" for kind in kinds))
    for example in examples[:5]:
        print(f"  missed: {example}")
    total: int = named.total()
    return total == int(wanted.tamperings)


def _copies_agree(verifier: ModuleType) -> bool:
    faults: list[Any] = verifier.check_logs([str(one) for one in settings.PROOF_PLACES], keys={}, trust=[], known=[])
    return not faults


def _faults(folder: Path, verifier: ModuleType) -> list[Any]:
    """What the verifier says of the database's export beside the copies; only what accuses the export or a fork."""
    export = folder / "export"
    shutil.rmtree(export, ignore_errors=True)
    last = Checkpoint.objects.order_by("-size").first()
    if last is not None:
        bring_up_to(export, last=last)
    folders = [str(one) for one in (export, *settings.PROOF_PLACES)]
    found: list[Any] = verifier.check_logs(folders, keys={}, trust=[], known=[])
    return found


def _time_long_log(folder: Path, events: int) -> float:
    """Seconds of one run of the verifier, as a program of its own, over a log of so many events."""
    grown, signed, copy = Range(), list[str](), Copy(folder)
    step = 1000
    with copy.held():
        for first in range(0, events, step):
            lines = [_line(number) for number in range(first, min(first + step, events))]
            for line in lines:
                for _ in grown.append(leaf_hash(line.encode())):
                    pass
            copy.append_lines(lines, start=first)
            previous = notes.digest(signed[-1]) if signed else notes.FIRST
            at = BEGAN + timedelta(seconds=first)
            signed.append(notes.sign(notes.Note("an-sinh/long", grown.size, grown.root(), at, previous)))
        copy.append_notes(signed)
        copy.keep_key(seal_key_id(), seal_public_key(seal_key_id()))
    began = time.monotonic()
    run = subprocess.run([sys.executable, "-I", str(VERIFIER), "log", str(folder)], capture_output=True, check=False)
    seconds = time.monotonic() - began
    print(run.stdout.decode().splitlines()[0])
    return seconds if run.returncode == 0 else float("inf")


def _line(number: int) -> str:
    """As long as a real one."""
    return (
        f'{{"actor":"officer:0198a7f2-{number:012d}","at":"2026-11-09T02:00:00.{number % 1_000_000:06d}Z",'
        f'"event":{number},"from":"submitted","proof":"{number:032x}.{"m" * 43}","row":"0198-{number:012d}",'
        f'"table":"dossiers_dossier","to":"in_progress","transaction":{number}}}'
    )


def _verifier() -> ModuleType:
    """The verifier's own code, loaded from its one file."""
    spec = importlib.util.spec_from_file_location("ansinh_verify", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

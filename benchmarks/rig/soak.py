"""Submissions under fire, and the reckoning afterwards."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from queue import Empty, SimpleQueue
from typing import Any

from django.db import OperationalError, connection
from PIL import Image

from ansinh.platform.storage import verify
from benchmarks.rig.applicants import CODE, PAPER, Applicant, offices, prepare
from benchmarks.rig.figures import milliseconds
from benchmarks.rig.installation import Installation
from benchmarks.rig.killer import Killer

CLIENTS = 8
GIVE_UP_SECONDS = 60
DRAIN_SECONDS = 600
STORED = """
SELECT dossier.draft_id::text, dossier.number, paper.sha256,
    (SELECT count(*) FROM dossiers_issueddocument given WHERE given.dossier_id = dossier.id AND given.kind = 'receipt')
FROM dossiers_dossier dossier LEFT JOIN dossiers_dossierpaper paper ON paper.dossier_id = dossier.id
WHERE dossier.evidence_id IS NOT NULL
"""


@dataclass
class Ledger:
    """What the clients were told."""

    numbers: dict[str, str] = field(default_factory=dict)
    """draft → number."""
    answers: list[tuple[float, float]] = field(default_factory=list)
    """When a request that was answered well was sent, and when its answer came."""
    refused: Counter[str] = field(default_factory=Counter)
    retries: int = 0
    unanswered: int = 0


def soak(installation: Installation, *, submissions: int, kills: int, seed: int) -> bool:
    """File under fire and reckon; whether nothing was lost, doubled, left over or refused."""
    pictures = [_picture(seed * 1_000_003 + index) for index in range(submissions)]
    digests = [sha256(picture).hexdigest() for picture in pictures]
    people = prepare(submissions, at_offices=offices(20), tag=f"kills-{seed}", to_upload=digests)
    waiting: SimpleQueue[tuple[Applicant, bytes]] = SimpleQueue()
    for one in zip(people, pictures, strict=True):
        waiting.put(one)
    ledger, killer = Ledger(), Killer(installation, kills=kills, seed=seed)
    clients = [threading.Thread(target=_client, args=(installation.port, waiting, ledger)) for _ in range(CLIENTS)]
    killer.start()
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    killer.kills = len(killer.times)
    killer.join()
    return _reckon(people, digests, ledger, killer)


def _client(port: int, waiting: SimpleQueue[tuple[Applicant, bytes]], ledger: Ledger) -> None:
    while True:
        try:
            one, picture = waiting.get_nowait()
        except Empty:
            return
        upload = f"/api/v1/drafts/{one.draft_id}/papers?requirement={PAPER}&name=chung-tu.jpg"
        body = json.dumps({"code_id": str(one.code_id), "code": CODE}).encode()
        if _until_answered(port, one, upload, picture, ledger) is None:
            continue
        told = _until_answered(port, one, f"/api/v1/drafts/{one.draft_id}/submission", body, ledger)
        if told is not None:
            ledger.numbers[str(one.draft_id)] = told["number"]


def _until_answered(port: int, one: Applicant, path: str, body: bytes, ledger: Ledger) -> dict[str, str] | None:
    """The good answer; every break and every fault of the server is tried again with the same key."""
    headers = {"Host": "localhost", "Authorization": f"Bearer {one.token}", "Idempotency-Key": f"key-{one.draft_id}"}
    limit = time.monotonic() + GIVE_UP_SECONDS
    while (sent := time.monotonic()) < limit:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            line.request("POST", path, body, headers)
            answer = line.getresponse()
            told: dict[str, str] = json.loads(answer.read())
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            ledger.retries += 1
            time.sleep(0.05)
            continue
        finally:
            line.close()
        if answer.status < 300:
            ledger.answers.append((sent, time.monotonic()))
            return told
        if answer.status < 500 and told.get("code") != "code-busy":
            ledger.refused[f"{answer.status} {told.get('code')}"] += 1
            return None
        ledger.retries += 1
        time.sleep(0.05)
    ledger.unanswered += 1
    return None


def _reckon(people: list[Applicant], digests: list[str], ledger: Ledger, killer: Killer) -> bool:
    _wait_for_receipts()
    wanted = {str(one.draft_id): digest for one, digest in zip(people, digests, strict=True)}
    stored = [row for row in _rows(STORED) if row[0] in wanted]  # the demonstration files examples of its own meanwhile
    by_draft = {draft: (number, digest, receipts) for draft, number, digest, receipts in stored}
    lost = [draft for draft, number in ledger.numbers.items() if by_draft.get(draft, ("",))[0] != number]
    doubled = len(stored) - len(by_draft)
    files = [draft for draft in by_draft if by_draft[draft][1] != wanted[draft] or not verify(wanted[draft])]
    receipts = [draft for draft in by_draft if by_draft[draft][2] != 1]
    dead = _rows("SELECT name, last_error FROM platform_job WHERE dead_at IS NOT NULL")
    gaps = _rows(
        "SELECT office_code FROM dossiers_numbercounter counter WHERE last <>"
        " (SELECT count(*) FROM dossiers_dossier WHERE home_office = counter.office_code)"
    )
    recovery = _recoveries(killer.times, ledger.answers)
    print(f"acknowledged {len(ledger.numbers)} of {len(people)}, stored {len(by_draft)}, retries {ledger.retries}")
    print(f"kills {len(killer.times)}: {dict(killer.by_kind)}")
    print(
        f"lost {len(lost)}, doubled {doubled}, wrong files {len(files)}, without one receipt {len(receipts)},"
        f" counters with gaps {len(gaps)}, dead jobs {len(dead)}"
    )
    print(f"refused {dict(ledger.refused)}, never answered {ledger.unanswered}")
    print(f"recovery (kill to the next good answer sent after it): {milliseconds(recovery)}")
    for name, error in dead[:3]:
        print(f"dead job {name}: {str(error)[-300:]}")
    faults = [lost, doubled, files, receipts, gaps, dead, ledger.refused, ledger.unanswered]
    return not any(faults) and len(ledger.numbers) == len(people)


def _recoveries(kills: list[float], answers: list[tuple[float, float]]) -> list[float]:
    found = []
    for moment in kills:
        after = [done for sent, done in answers if sent >= moment]
        if after:
            found.append(min(after) - moment)
    return found


def _wait_for_receipts() -> None:
    limit = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < limit:
        left = _rows("SELECT count(*) FROM platform_job WHERE name = 'casework.after_submission' AND dead_at IS NULL")
        if left[0][0] == 0:
            return
        time.sleep(0.5)


def _rows(query: str) -> list[tuple[Any, ...]]:
    for _ in range(20):
        try:
            with connection.cursor() as cursor:
                cursor.execute(query)
                return list(cursor.fetchall())
        except OperationalError:
            connection.close()
            time.sleep(0.5)
    raise SystemExit("the database does not answer any more")


def _picture(number: int) -> bytes:
    """A small photograph that no other has the bytes of."""
    made = BytesIO()
    image = Image.new("RGB", (160, 120), "white")
    for bit in range(48):
        if number >> bit & 1:
            image.paste((0, 0, 0), (bit * 3, 10, bit * 3 + 3, 100))
    image.save(made, "PNG")
    return made.getvalue()

"""The hot path of submission in SQL: claim the key, then one statement that writes the whole dossier."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from ansinh.platform.zone import local_day

CLAIM = """
INSERT INTO dossiers_idempotencykey (actor, key, request_digest, dossier_id, created_at, seen_at)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (actor, key) DO UPDATE SET seen_at = excluded.seen_at
RETURNING dossier_id, request_digest
"""

INSERT = """
WITH counted AS (
    INSERT INTO dossiers_numbercounter AS counter (office_code, year, last) VALUES (%(office_code)s, %(year)s, 1)
    ON CONFLICT (office_code, year) DO UPDATE SET last = counter.last + 1
    RETURNING last
), filed AS (
    INSERT INTO dossiers_dossier (
        id, number, home_office, office_code, chosen_office, version_id, procedure, account_id, applicant_name,
        applicant_key, applicant_born, si_number, phone, email, answers, digest, draft_id, evidence_id, channel,
        state, stage, stage_role, urgent, submitted_at, results_due, last_event_at)
    SELECT %(id)s, lpad(last::text, greatest(5, length(last::text)), '0') || '/' || %(year)s || '/' || %(office_code)s,
        %(office_code)s, %(office_code)s, %(office_code)s, %(version_id)s, %(procedure)s, %(account_id)s,
        %(applicant_name)s, %(applicant_key)s, %(applicant_born)s, %(si_number)s, %(phone)s, %(email)s,
        %(answers)s::jsonb, %(digest)s, %(draft_id)s, %(evidence_id)s, %(channel)s, %(state)s, %(stage)s,
        %(stage_role)s, %(urgent)s, %(at)s, '[]'::jsonb, %(at)s
    FROM counted
    RETURNING number
), papers AS (
    INSERT INTO dossiers_dossierpaper (
        id, dossier_id, requirement, "row", paper_id, sha256, name, size, round, added_at)
    SELECT gen_random_uuid(), %(id)s, given.requirement, given.row, given.paper_id, paper.file_id, paper.name,
        stored.size, 1, %(at)s
    FROM dossiers_draftpaper given
    JOIN files_paper paper ON paper.id = given.paper_id
    JOIN files_storedfile stored ON stored.sha256 = paper.file_id
    WHERE given.draft_id = %(draft_id)s
), event AS (
    INSERT INTO dossiers_dossierevent (dossier_id, at, kind, actor, actor_name, actor_title, office_code, facts, public)
    SELECT %(id)s, %(at)s, 'submitted', %(actor)s, %(applicant_name)s, '', %(office_code)s,
        jsonb_build_object('number', number, 'state', %(state)s), true
    FROM filed
), drafted AS (
    UPDATE dossiers_draft SET submitted_at = %(at)s WHERE id = %(draft_id)s
)
SELECT number FROM filed
"""


@dataclass(frozen=True)
class Claim:
    """What is known of an idempotency key."""

    dossier_id: UUID
    replayed: bool
    same_request: bool


@dataclass(frozen=True)
class NewDossier:
    """The row to be, except what the database gives (its number)."""

    id: UUID
    draft_id: UUID
    version_id: UUID
    procedure: str
    office_code: str
    account_id: UUID
    actor: str
    applicant_name: str
    applicant_key: str
    applicant_born: str
    si_number: str
    phone: str
    email: str
    answers: dict[str, Any]
    digest: str
    evidence_id: UUID | None
    channel: str
    state: str
    stage: str
    stage_role: str
    urgent: bool
    at: datetime


def claim(*, actor: str, key: str, request: str, dossier_id: UUID, at: datetime) -> Claim:
    """Take the key for this dossier, or learn which dossier had it. A concurrent holder is waited for."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [actor, key, request, dossier_id, at, at])
        known_id, known_request = cursor.fetchone()
    return Claim(known_id, replayed=known_id != dossier_id, same_request=known_request == request)


def insert(new: NewDossier) -> str:
    """Write number, dossier, papers, event and the end of the draft in one statement; answers the number.

    The year of the number is the year in Vietnam at that moment.
    """
    values = {**vars(new), "answers": json.dumps(new.answers, ensure_ascii=False), "year": local_day(new.at).year}
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        number: str = cursor.fetchone()[0]
    return number

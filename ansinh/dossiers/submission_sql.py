"""The hot path of submission in SQL: claim the key and lock the draft, then one statement writes the whole dossier."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from ansinh.dossiers.completeness import DraftContent, GivenPaper
from ansinh.people.actors import Citizen
from ansinh.platform.actor_context import signed
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day

OPEN = """
WITH claimed AS (
    INSERT INTO dossiers_idempotencykey (actor, key, request_digest, dossier_id, created_at, seen_at)
    VALUES (%(actor)s, %(key)s, %(request)s, %(dossier_id)s, %(at)s, %(at)s)
    ON CONFLICT (actor, key) DO UPDATE SET seen_at = excluded.seen_at
    RETURNING dossier_id, request_digest
), draft AS (
    SELECT version_id, answers FROM dossiers_draft
    WHERE id = %(draft_id)s AND owner_id = %(owner_id)s AND (account_id = %(account_id)s OR %(shared)s)
        AND submitted_at IS NULL AND discarded_at IS NULL
    FOR UPDATE
)
SELECT claimed.dossier_id, claimed.request_digest, draft.version_id, draft.answers,
    set_config('ansinh.actor', %(signed_actor)s, true)
FROM claimed LEFT JOIN draft ON true
"""

# Read only after OPEN holds the draft: what another request attached meanwhile is seen.
PAPERS = """
SELECT given.requirement, given.row, paper.file_id, paper.id, paper.name, stored.size
FROM dossiers_draftpaper given
JOIN files_paper paper ON paper.id = given.paper_id
JOIN files_storedfile stored ON stored.sha256 = paper.file_id
WHERE given.draft_id = %s
"""

INSERT = """
WITH counted AS (
    INSERT INTO dossiers_numbercounter AS counter (office_code, year, last) VALUES (%(office_code)s, %(year)s, 1)
    ON CONFLICT (office_code, year) DO UPDATE SET last = counter.last + 1
    RETURNING last
), filed AS (
    INSERT INTO dossiers_dossier (
        id, number, home_office, office_code, chosen_office, version_id, procedure, account_id, owner_id,
        applicant_name, applicant_key, applicant_born, si_number, phone, email, answers, digest, draft_id,
        evidence_id, channel, state, stage, stage_role, urgent, submitted_at, results_due, last_event_at)
    SELECT %(id)s, lpad(last::text, greatest(5, length(last::text)), '0') || '/' || %(year)s || '/' || %(office_code)s,
        %(office_code)s, %(office_code)s, %(office_code)s, %(version_id)s, %(procedure)s, %(account_id)s,
        %(owner_id)s, %(applicant_name)s, %(applicant_key)s, %(applicant_born)s, %(si_number)s, %(phone)s, %(email)s,
        %(answers)s::jsonb, %(digest)s, %(draft_id)s, %(evidence_id)s, %(channel)s, %(state)s, %(stage)s,
        %(stage_role)s, %(urgent)s, %(at)s, '[]'::jsonb, %(at)s
    FROM counted
    RETURNING number
), papers AS (
    INSERT INTO dossiers_dossierpaper (
        id, dossier_id, requirement, "row", paper_id, sha256, name, size, round, added_at)
    SELECT gen_random_uuid(), %(id)s, given.requirement, given.row, given.paper_id, given.sha256, given.name,
        given.size, 1, %(at)s
    FROM jsonb_to_recordset(%(papers)s::jsonb)
        AS given(requirement text, "row" text, sha256 text, paper_id uuid, name text, size bigint)
), event AS (
    INSERT INTO dossiers_dossierevent (dossier_id, at, kind, actor, actor_name, actor_title, office_code, facts, public)
    SELECT %(id)s, %(at)s, 'submitted', %(actor)s, %(actor_name)s, '', %(office_code)s,
        jsonb_strip_nulls(jsonb_build_object(
            'number', number, 'state', %(state)s, 'on_behalf_of', nullif(%(on_behalf_of)s, ''))), true
    FROM filed
), drafted AS (
    UPDATE dossiers_draft SET submitted_at = %(at)s WHERE id = %(draft_id)s
)
SELECT number FROM filed
"""


@dataclass(frozen=True)
class FiledPaper(GivenPaper):
    """A paper of a draft with everything that the dossier keeps of it."""

    paper_id: UUID
    name: str
    size: int


@dataclass(frozen=True)
class Opened:
    """What is known of an idempotency key, and the locked draft (None: the actor has no such open draft)."""

    dossier_id: UUID
    replayed: bool
    same_request: bool
    draft: DraftContent | None
    papers: tuple[FiledPaper, ...]


@dataclass(frozen=True)
class NewDossier:
    """The row to be, except what the database gives (its number)."""

    id: UUID
    draft_id: UUID
    version_id: UUID
    procedure: str
    office_code: str
    account_id: UUID
    owner_id: UUID
    actor: str
    actor_name: str
    on_behalf_of: str
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


def open_submission(
    *, actor: Citizen, key: str, request: str, draft_id: UUID, dossier_id: UUID, at: datetime
) -> Opened:
    """Take the key for this dossier, or learn which dossier had it; lock the draft; name the actor to the audit.

    A concurrent holder of the key or the draft is waited for.
    """
    values: dict[str, str | bool | UUID | datetime] = {
        "actor": actor.label, "signed_actor": signed(actor.label), "account_id": actor.account_id,
        "owner_id": actor.owner_id, "shared": actor.shares_drafts, "key": key,
        "request": request, "draft_id": draft_id, "dossier_id": dossier_id, "at": at,
    }  # fmt: skip
    with connection.cursor() as cursor, connection.cursor() as given:
        cursor.execute(OPEN, values)
        given.execute(PAPERS, [draft_id])
        known_id, known_request, version_id, answers, _ = cursor.fetchone()
        papers = tuple(FiledPaper(*row) for row in given.fetchall())
    replayed = known_id != dossier_id
    draft = None if version_id is None else DraftContent(version_id, json.loads(answers), papers)
    return Opened(known_id, replayed=replayed, same_request=known_request == request, draft=draft, papers=papers)


def papers_of(draft_id: UUID) -> tuple[FiledPaper, ...]:
    """The papers of a draft that the caller's transaction has locked: nobody puts one to it or takes one off."""
    with connection.cursor() as cursor:
        cursor.execute(PAPERS, [draft_id])
        return tuple(FiledPaper(*row) for row in cursor.fetchall())


def insert(new: NewDossier, papers: tuple[FiledPaper, ...]) -> str:
    """Write number, dossier, papers, event and the end of the draft in one statement; answers the number.

    `papers` are those that were confirmed. The year of the number is the year in Vietnam at that moment.
    """
    values = {
        **vars(new),
        "answers": json.dumps(new.answers, ensure_ascii=False),
        "papers": json.dumps([{**vars(one), "paper_id": str(one.paper_id)} for one in papers], ensure_ascii=False),
        "year": local_day(new.at).year,
    }
    # OPEN locked the draft as its holder. Here papers and event could not see their dossier: it comes in the same
    # statement, and row security looks at what was there before.
    with as_the_house(), connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        number: str = cursor.fetchone()[0]
    return number

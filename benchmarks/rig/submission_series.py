"""The series of `./bench submit`: the limit, then the same work through HTTP by API and by form."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from ansinh.platform.database_url import APPLICATION_FILE
from benchmarks.rig.applicants import CODE, Applicant, offices, prepare, prepare_numbered
from benchmarks.rig.figures import percentile
from benchmarks.rig.installation import Installation, cpu_seconds
from benchmarks.rig.load import Outcome, request_bytes, run
from benchmarks.rig.pgbench import transactions_a_second

CLIENTS = (1, 8, 16, 32)
JUDGED_CLIENTS = 16
AIM_RATIO = 0.30
FORM_CLIENTS = 8
AIM_FORM_P99 = 0.150
CSRF = "0123456789abcdefghijklmnopqrstuv"


@dataclass(frozen=True)
class Limit:
    """Transactions a second, and the processor seconds of one."""

    rate: float
    cpu: float


def measure(installation: Installation, wanted: argparse.Namespace) -> bool:
    """Run every series and print it; whether the aims are met and the database agrees."""
    some = offices(wanted.offices)
    _warm(installation, some)
    limit = _limit(installation, some, wanted, tag="limit")
    api = {clients: _api(installation, some, wanted.count, clients) for clients in CLIENTS}
    form = {clients: _form(installation, some, wanted.count // 2, clients) for clients in CLIENTS}
    again = _limit(installation, some, wanted, tag="again")
    bare = _limit(installation, some, wanted, tag="bare", walled=False)
    busy_limit = _limit(installation, some[:1], wanted, tag="busy")
    busy = _api(installation, some[:1], wanted.count, JUDGED_CLIENTS, tag="busy")
    ratio = api[JUDGED_CLIENTS].rate / max(limit.rate, again.rate)
    by_cpu = min(limit.cpu, again.cpu) / api[JUDGED_CLIENTS].cpu
    slow = percentile(form[FORM_CLIENTS].times, 0.99)
    wrong = _disagreements()
    errors = sum(one.errors for one in (*api.values(), *form.values(), busy))
    print(f"ratio API@16 / limit@16: {ratio:.2f} (aim ≥ {AIM_RATIO:.2f}; over {len(some)} offices)")
    print(f"beside the limit of an owner whom no wall looks at: {api[JUDGED_CLIENTS].rate / bare.rate:.2f} (told only)")
    print(f"the same ratio by processor time, which other work on the machine disturbs less: {by_cpu:.2f}")
    print(f"one busy office: API@16 {busy.rate:.0f}/s, limit@16 {busy_limit.rate:.0f}/s (one counter row is one lock)")
    print(f"form post p99 at {FORM_CLIENTS} clients: {slow * 1000:.0f} ms (aim ≤ {AIM_FORM_P99 * 1000:.0f} ms)")
    print(f"errors {errors}; disagreements of answers and database {wrong}")
    return ratio >= AIM_RATIO and slow <= AIM_FORM_P99 and not errors and not wrong


def _warm(installation: Installation, some: Sequence[str]) -> None:
    """Every worker thread has its connection, its prepared statements and its frozen version."""
    for by_form in (False, True):
        people = prepare(320, at_offices=some, tag=f"warm-{by_form}", form=by_form)
        run(installation.port, [_by_form(one) if by_form else _by_api(one) for one in people], clients=16)


def _limit(
    installation: Installation, some: Sequence[str], wanted: argparse.Namespace, *, tag: str, walled: bool = True
) -> Limit:
    """The transaction as the program's role runs it; not `walled`: as the owner, whom no wall looks at."""
    rate = spent = 0.0
    url = (installation.var / APPLICATION_FILE).read_text(encoding="utf-8").strip()
    for clients in (1, JUDGED_CLIENTS):
        count = wanted.count if clients > 1 else wanted.count // 4
        first, rows = prepare_numbered(count, at_offices=some, tag=f"{tag}-{clients}")
        before = cpu_seconds(installation)
        rate = transactions_a_second(
            url if walled else installation.database_url, installation.var, rows=rows, clients=clients,
            transactions=count, first=first, walled=walled,
        )  # fmt: skip
        spent = (cpu_seconds(installation) - before) / count
        by = "limit" if walled else "owner"
        print(f"{by} ({len(some):3} offices) {clients:3} clients: {rate:7.0f}/s   {spent * 1000:5.2f} ms CPU each")
    return Limit(rate, spent)


def _api(installation: Installation, some: Sequence[str], count: int, clients: int, tag: str = "api") -> Outcome:
    people = prepare(count if clients > 1 else count // 4, at_offices=some, tag=f"{tag}-{clients}")
    before = cpu_seconds(installation)
    outcome = run(installation.port, map(_by_api, people), clients=clients, keep=lambda _: True)
    outcome.cpu = (cpu_seconds(installation) - before) / len(people)
    print(f"API   ({len(some):3} offices) {clients:3} clients: {outcome.rate:7.0f}/s   {outcome.words}")
    told = [json.loads(reply.body)["number"] for reply in outcome.replies if reply.status == 201]
    _refuse_lies(people, told)
    return outcome


def _form(installation: Installation, some: Sequence[str], count: int, clients: int) -> Outcome:
    people = prepare(count if clients > 1 else count // 4, at_offices=some, tag=f"form-{clients}", form=True)
    before = cpu_seconds(installation)
    outcome = run(installation.port, map(_by_form, people), clients=clients, keep=lambda _: True)
    outcome.cpu = (cpu_seconds(installation) - before) / len(people)
    print(f"form  ({len(some):3} offices) {clients:3} clients: {outcome.rate:7.0f}/s   {outcome.words}")
    if set(outcome.statuses) != {302}:
        raise SystemExit(f"form posts were answered {dict(outcome.statuses)}: {outcome.replies[0].body[:2000]!r}")
    _refuse_lies(people, None)
    return outcome


def _by_api(one: Applicant) -> bytes:
    headers = (
        f"Authorization: Bearer {one.token}",
        f"Idempotency-Key: key-{one.draft_id}",
        "Content-Type: application/json",
    )
    body = json.dumps({"code_id": str(one.code_id), "code": CODE}).encode()
    return request_bytes("POST", f"/api/v1/drafts/{one.draft_id}/submission", headers=headers, body=body)


def _by_form(one: Applicant) -> bytes:
    headers = (f"Cookie: sessionid={one.session}; csrftoken={CSRF}", "Content-Type: application/x-www-form-urlencoded")
    body = urlencode({"csrfmiddlewaretoken": CSRF, "code": CODE, "idempotency_key": f"draft-{one.draft_id}"}).encode()
    return request_bytes("POST", reverse("citizen:code", kwargs={"draft_id": one.draft_id}), headers=headers, body=body)


def _refuse_lies(people: Sequence[Applicant], told: list[str] | None) -> None:
    """Every draft of the series is one dossier, and every number that was told is that of one of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM dossiers_dossier WHERE draft_id = ANY(%s)", [[one.draft_id for one in people]]
        )
        stored = [number for (number,) in cursor.fetchall()]
    if len(stored) != len(people) or (told is not None and sorted(stored) != sorted(told)):
        raise SystemExit(f"{len(people)} drafts, {len(told or [])} numbers told, {len(stored)} dossiers stored")


def _disagreements() -> int:
    """Offices whose counter, count and highest number differ; dossiers without exactly one job, event, audit row."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FROM (
                SELECT home_office, split_part(number, '/', 2)::int AS year, count(*) AS held,
                    max(split_part(number, '/', 1)::int) AS highest
                FROM dossiers_dossier GROUP BY 1, 2) given
            JOIN dossiers_numbercounter counter ON counter.office_code = home_office AND counter.year = given.year
            WHERE held <> last OR highest <> last
            """
        )
        counters = cursor.fetchone()[0]
        cursor.execute(
            """
            SELECT count(*) FROM dossiers_dossier dossier WHERE evidence_id IS NOT NULL AND (
                (SELECT count(*) FROM dossiers_dossierevent event WHERE event.dossier_id = dossier.id) <> 1
                OR (SELECT count(*) FROM platform_auditevent audit WHERE audit.row_id = dossier.id) <> 1)
            """
        )
        dossiers = cursor.fetchone()[0]
        cursor.execute(
            """
            SELECT count(*) FROM dossiers_dossier dossier LEFT JOIN (
                SELECT (arguments ->> 'dossier_id')::uuid AS id, count(*) AS queued FROM platform_job
                WHERE name = 'casework.after_submission' GROUP BY 1) job USING (id)
            WHERE evidence_id IS NOT NULL AND queued IS DISTINCT FROM 1
            """
        )
        jobs = cursor.fetchone()[0]
    return int(counters + dossiers + jobs)

"""The audit trail against the tables it follows: one event for every change, by known actors, past working guards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection

from ansinh.platform.actor_context import Standing, standing
from ansinh.platform.audit import body_of_watch
from ansinh.platform.models import AuditEvent
from ansinh.proof.watched import Watched, watched

ONLY_GROW: Final = (
    "platform_auditevent", "proof_leaf", "proof_node", "proof_checkpoint", "proof_checkpointstamp", "proof_alarm",
)  # fmt: skip
_APPEND_ONLY_BODY: Final = (
    "BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP "
    "USING ERRCODE = 'restrict_violation'; END"
)
_BROKEN_CHAINS: Final = """
SELECT 'broken-chain', "table", row_id::text FROM (
    SELECT "table", row_id, from_state, lag(to_state) OVER (PARTITION BY "table", row_id ORDER BY id) AS before
    FROM platform_auditevent WHERE "table" = ANY(%s)
) step WHERE from_state IS DISTINCT FROM before
"""
_NOT_WHERE_EVENTS_END: Final = """
SELECT 'change-without-event', '{table}', coalesce(present.{row}, last.row_id)::text FROM {table} present FULL JOIN (
    SELECT DISTINCT ON (row_id) row_id, to_state FROM platform_auditevent WHERE "table" = '{table}'
    ORDER BY row_id, id DESC
) last ON last.row_id = present.{row} WHERE present.{column}::text IS DISTINCT FROM last.to_state
"""
_TRIGGERS: Final = """
SELECT tgname, tgenabled::text, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgrelid = %s::regclass AND NOT tgisinternal
"""
_ROLES: Final = """
SELECT coalesce(datname, 'role ' || setrole::regrole::text) FROM pg_db_role_setting LEFT JOIN pg_database
ON pg_database.oid = setdatabase WHERE EXISTS (
    SELECT FROM unnest(setconfig) one WHERE one LIKE 'session_replication_role=%' AND one NOT LIKE '%=origin')
"""


@dataclass(frozen=True)
class Gap:
    """Something that does not fit; `code` is stable, `where` a table, row, trigger or event."""

    code: str
    where: str

    def __str__(self) -> str:
        return f"{self.code}: {self.where}"


def gaps() -> Iterator[Gap]:
    """Everything that does not fit between trail, tables and guards (the log itself is the verifier's work)."""
    yield from transition_gaps()
    yield from guard_gaps()
    yield from actor_gaps()


def transition_gaps() -> Iterator[Gap]:
    """Rows whose events do not follow on each other, or do not end where the row stands (also rows that are gone)."""
    tables = watched()
    ends = (_NOT_WHERE_EVENTS_END.format(table=one.table, column=one.column, row=one.row) for one in tables)
    with connection.cursor() as cursor:  # one question for all tables: a restored server is asked from far away
        cursor.execute(" UNION ALL ".join((_BROKEN_CHAINS, *ends)), [[one.table for one in tables]])
        for code, table, row in cursor.fetchall():
            yield Gap(code, f"{table} {row}")


def guard_gaps() -> Iterator[Gap]:
    """Triggers that are missing, switched off or changed, and settings that switch all of them off."""
    for one in watched():
        expected = {f"{one.table}_audit_{when}": _body(one) for when in ("insert", "update")}
        yield from _guards_of(one.table, expected)
    for table in ONLY_GROW:
        expected = {f"{table}_{what}": _APPEND_ONLY_BODY for what in ("append_only", "no_truncate")}
        yield from _guards_of(table, expected)
    yield from (Gap("guards-switched-off", str(where)) for where in _rows(_ROLES))
    for role in _rows("SHOW session_replication_role"):
        if role != "origin":
            yield Gap("guards-switched-off", "this session")


def actor_gaps() -> Iterator[Gap]:
    """Events whose actor nobody signed, somebody forged, or was copied from another transaction."""
    transaction_of: dict[str, int] = {}
    events = AuditEvent.objects.order_by("id").values_list("id", "actor", "proof", "at", "transaction")
    for number, actor, proof, at, transaction in events.iterator(chunk_size=5000):
        worth = standing(actor, proof, at=at)
        if worth is Standing.SIGNED and transaction_of.setdefault(proof, transaction) != transaction:
            yield Gap("actor-replayed", f"event {number}, {actor}")
        elif worth is not Standing.SIGNED:
            yield Gap(f"actor-{worth.value}", f"event {number}{actor and ', '}{actor}")


def _guards_of(table: str, expected: dict[str, str]) -> Iterator[Gap]:
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS, [table])
        found = {name: (enabled, body) for name, enabled, body in cursor.fetchall()}
    for name, body in expected.items():
        enabled, present = found.get(name, ("", ""))
        if not enabled:
            yield Gap("guard-missing", name)
        elif enabled not in "OA":
            yield Gap("guard-switched-off", name)
        elif _one_blank(present) != _one_blank(body):
            yield Gap("guard-changed", name)


def _body(one: Watched) -> str:
    return body_of_watch(one.column, row=one.row)


def _one_blank(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().rstrip(";")


def _rows(query: str) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row for (row,) in cursor.fetchall()]

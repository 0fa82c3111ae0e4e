"""Search of the desk: by number (or its first part), SI number, or name without diacritics."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from django.db import connection, transaction
from django.db.models import BooleanField, F, Func, Value
from django.db.models.expressions import RawSQL

from ansinh.casework.access import in_offices
from ansinh.casework.queues import listed
from ansinh.dossiers.models import Dossier
from ansinh.law.names import search_key
from ansinh.people.actors import OfficerActor
from ansinh.platform.statements import AFTER, KEPT, TYPED, Statement, statement

WHOLE_NUMBER = re.compile(r"[0-9]{5,}/[0-9]{4}/[0-9]{5}")
FIRST_PART = re.compile(r"[0-9/]+")
NEWEST: Final = 20_000
"""Dossiers among which a name is looked for first. A name that fills no page there stands on few of all."""
_AMONG_NEWEST: Final = """
SELECT newest.id FROM unnest(%s::text[]) office(code) CROSS JOIN LATERAL (
    SELECT id, applicant_key, submitted_at FROM dossiers_dossier WHERE office_code = office.code
    ORDER BY submitted_at DESC LIMIT %s
) newest WHERE newest.applicant_key LIKE %s ORDER BY newest.submitted_at DESC LIMIT %s
"""
_AMONG_NAMES: Final = """
SELECT dossier.id FROM dossiers_filedname named
JOIN dossiers_dossier dossier ON dossier.office_code = named.office_code AND dossier.applicant_key = named.name
WHERE named.office_code = ANY (%s) AND named.name LIKE %s ORDER BY dossier.submitted_at DESC LIMIT %s
"""


def find(viewer: OfficerActor, text: str, *, limit: int = 50) -> list[Dossier]:
    """Dossiers the viewer may see by number (or its first part), SI number, or name without diacritics."""
    typed = " ".join(text.split())
    if not typed:
        return []
    compact = typed.replace(" ", "")
    if WHOLE_NUMBER.fullmatch(compact):
        return _found(viewer.office_codes, "number", limit).put(compact).models(Dossier)
    if "/" in compact:
        return _by_first_part(viewer, compact, limit=limit) if FIRST_PART.fullmatch(compact) else []
    if compact.isdigit() and len(compact) == 10:
        return _found(viewer.office_codes, "si_number", limit).put(compact).models(Dossier)
    if compact.isdigit():
        return _by_first_part(viewer, compact.zfill(5) + "/", limit=limit)
    return _by_name(viewer, search_key(typed), limit=limit)


@lru_cache(KEPT)
def _found(office_codes: frozenset[str], by: str, limit: int) -> Statement:
    return statement(listed(in_offices(office_codes).filter(**{by: TYPED}))[:limit])


def _by_first_part(viewer: OfficerActor, part: str, *, limit: int) -> list[Dossier]:
    after = part[:-1] + chr(ord(part[-1]) + 1)  # the first of all texts that no longer begin so
    return _between(viewer.office_codes, limit).put(part, after=after).models(Dossier)


@lru_cache(KEPT)
def _between(office_codes: frozenset[str], limit: int) -> Statement:
    """Numbers that begin so. Behind a wall LIKE is not trusted with an index, and all of an office would be read."""
    begins = _Compared(F("number"), Value(TYPED), arg_joiner=" ~>=~ ")
    ends = _Compared(F("number"), Value(AFTER), arg_joiner=" ~<~ ")
    return statement(listed(in_offices(office_codes).filter(begins, ends))[:limit])


class _Compared(Func):
    """Two texts, sign by sign, in no language's order: what the index of patterns is sorted by."""

    template = "(%(expressions)s)"
    output_field = BooleanField()


def _by_name(viewer: OfficerActor, key: str, *, limit: int) -> list[Dossier]:
    with transaction.atomic(), connection.cursor() as cursor:
        # Two letters and a whole name want different plans: one kept for any pattern serves neither.
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        newest = _among_newest(viewer.office_codes, limit).put(key).models(Dossier)
        return newest if len(newest) == limit else _among_names(viewer.office_codes, limit).put(key).models(Dossier)


@lru_cache(KEPT)
def _among_newest(office_codes: frozenset[str], limit: int) -> Statement:
    each = max(limit, NEWEST // max(1, len(office_codes)))
    return _these(_AMONG_NEWEST, sorted(office_codes), each, f"%{TYPED}%", limit)


@lru_cache(KEPT)
def _among_names(office_codes: frozenset[str], limit: int) -> Statement:
    return _these(_AMONG_NAMES, sorted(office_codes), f"%{TYPED}%", limit)


def _these(sql: str, *values: object) -> Statement:
    """The rows of these identifiers, as a list shows them; each is seen through the wall again."""
    return statement(listed(Dossier.objects.filter(pk__in=RawSQL(sql, values))))  # noqa: S611 - its values are bound

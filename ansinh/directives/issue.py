"""Issue a letter: number and day at once, the capacity checked on that day, then the signed PDF (R-181, R-182)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from ansinh.directives.access import the_letter
from ansinh.directives.files import refuse_changed
from ansinh.directives.models import Letter, LetterState
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.queries import capacity_to_sign
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, NotAllowed
from ansinh.platform.queue import defer
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day

MAKE_PDF = "directives.make_pdf"
"""Name of the job that signs the PDF of an issued letter."""
SIGNING = (Role.PROVINCIAL_DIRECTOR, Role.LEADER, Role.HEAD, Role.CENTRAL)
# The row stays locked until the transaction ends: numbers follow each other, and what is undone leaves no gap.
_NEXT = """
INSERT INTO directives_numberbook (office_id, symbol, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (office_id, symbol, year) DO UPDATE SET last = directives_numberbook.last + 1 RETURNING last
"""


def issue(letter_id: UUID, *, actor: OfficerActor, at: datetime) -> Letter:
    """The signatory issues the letter today. Raises NotFound, NotAllowed, Conflict."""
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        letter = the_letter(letter_id, viewer=actor, lock=True)
        if letter.state != LetterState.DRAFT:
            raise Conflict(
                "letter-is-final", "Văn bản đã phát hành hoặc đã bỏ thì không sửa được. Xin lập văn bản mới."
            )
        if letter.signer_id != actor.officer_id:
            raise NotAllowed("not-the-signatory", "Chỉ người ký ghi trong dự thảo phát hành được văn bản này.")
        capacity = capacity_on(actor, letter.office_id, on=today)
        if capacity is None:
            raise NotAllowed(
                "no-capacity-today",
                "Ngày {day} ông/bà không có tư cách ký văn bản của cơ quan này (thủ trưởng, KT., TL., TUQ.). "
                "Xin ghi văn bản giao quyền ở Nhân sự, hoặc đổi người ký.",
                day=date_vi(today),
            )
        refuse_changed(letter)
        letter.state, letter.capacity, letter.signer_title = LetterState.ISSUED, capacity, actor.title_vi
        letter.issued_on, letter.issued_at, letter.year = today, at, today.year
        letter.number = _next_number(letter)
        letter.save(update_fields=["state", "capacity", "signer_title", "issued_on", "issued_at", "year", "number"])
        defer(MAKE_PDF, letter_id=str(letter.pk))
    return letter


def capacity_on(actor: OfficerActor, office_code: str, *, on: date) -> str | None:
    """In which capacity the officer signs letters of an office on a day; empty for its head, None for none."""
    for role in SIGNING:
        found = capacity_to_sign(actor.officer_id, office_code=office_code, role=role, on=on)
        if found is not None:
            return found
    return None


def _next_number(letter: Letter) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [letter.office_id, letter.symbol, letter.year])
        return int(cursor.fetchone()[0])

"""Months that lists held back and will not ask for any more: the office sees them, and carries them to the registry.

A list looks back as many paid months as the rules say (`months_back`). What was held before that, because nobody knew
where to pay it, would be owed and never listed again. Carried over it stands with what was not collected: the person
asks for it, and a decision pays it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from ansinh.payments.batches import BLOCKED, refuse_unless
from ansinh.payments.payroll import payroll_offices
from ansinh.payments.rules import payroll_rules
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import NotFound
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed
from ansinh.registry.models import UnpaidBenefit

MOST: Final = 100
"""So many benefits are shown at once, the longest held first."""

# Months of released lists that no later list asks for, held, not caught up by a list that still looked back so far, and
# not carried over yet.
_LEFT_BEHIND: Final = """
WITH asked AS (
    SELECT office_code, min(month) AS oldest FROM (
        SELECT office_code, month, dense_rank() OVER (PARTITION BY office_code ORDER BY month DESC) AS nth
        FROM payments_payroll WHERE office_code = ANY (%(offices)s) AND state IN ('released', 'closed')) newest
    WHERE nth <= %(back)s GROUP BY office_code
)
SELECT paid.id, paid.number, paid.insured_id, list.office_code, line.owner_id, line.name, line.blocked, line.month,
       (part.value ->> 1)::bigint
FROM payments_payrollline line
JOIN payments_payroll list ON list.id = line.payroll_id AND list.state IN ('released', 'closed')
JOIN asked ON asked.office_code = list.office_code AND line.month < asked.oldest
CROSS JOIN LATERAL jsonb_array_elements(line.parts) part
JOIN registry_entitlement paid ON paid.number = part.value ->> 0
WHERE line.living AND line.order_id IS NULL AND line.blocked <> '' AND (part.value ->> 1)::bigint > 0
  AND (%(only)s::uuid IS NULL OR paid.id = %(only)s::uuid)
  AND NOT EXISTS (SELECT FROM registry_unpaidbenefit known
                  WHERE known.insured_id = paid.insured_id AND known.entitlement_number = paid.number
                    AND known.month = line.month)
  AND NOT EXISTS (SELECT FROM payments_payrollline later CROSS JOIN LATERAL jsonb_array_elements(later.parts) more
                  WHERE later.payee = line.payee AND later.living AND later.order_id IS NOT NULL
                    AND later.month > line.month
                    AND more.value ->> 0 = paid.number AND more.value -> 3 ? to_char(line.month, 'YYYY-MM'))
ORDER BY line.month, line.name, paid.number
"""


@dataclass(frozen=True)
class LeftBehind:
    """One benefit with the months that no list asks for; `why` is the reason of the newest of them."""

    entitlement_id: UUID
    number: str
    insured_id: str
    office_code: str
    owner_id: UUID | None
    name: str
    why: str
    months: tuple[tuple[date, int], ...]

    @property
    def amount(self) -> int:
        """Đồng of all these months."""
        return sum(amount for _, amount in self.months)


@as_the_house()  # a benefit may be kept at another office than the one that pays it
def left_behind(*, viewer: OfficerActor, at: datetime) -> list[LeftBehind]:
    """What the viewer's offices owe and no list will ask for, the longest held first. Raises NotAllowed."""
    return _grouped(_rows(payroll_offices(viewer), at=at))


def carry_over(entitlement_id: UUID, *, actor: OfficerActor, at: datetime) -> LeftBehind:
    """Write the months of one benefit down as not collected, for the person to ask for. Raises NotAllowed, NotFound."""
    with transaction.atomic(), acting_as(actor.label), as_the_house():
        refuse_when_unsealed()
        found = _grouped(_rows(payroll_offices(actor), at=at, only=entitlement_id))
        if not found:
            raise NotFound("nothing-held", "Khoản này đã được ghi hoặc đã trả rồi. Xin tải lại trang.")
        (one,) = found
        refuse_unless(actor, {Role.FINANCE}, one.office_code)
        why = f"Danh sách giữ lại: {BLOCKED[one.why].rstrip('.')}. Quá số tháng danh sách tự trả bù."
        UnpaidBenefit.objects.bulk_create(
            UnpaidBenefit(
                insured_id=one.insured_id, entitlement_number=one.number, month=month, amount=amount, why=why[:200],
                listed_on=local_day(at),
            )
            for month, amount in one.months
        )  # fmt: skip
    return one


def _rows(offices: list[str], *, at: datetime, only: UUID | None = None) -> list[tuple[Any, ...]]:
    back = payroll_rules(on=local_day(at)).months_back
    with connection.cursor() as cursor:
        cursor.execute(_LEFT_BEHIND, {"offices": offices, "back": back, "only": only})
        return list(cursor.fetchall())


def _grouped(rows: Iterable[tuple[Any, ...]]) -> list[LeftBehind]:
    found: dict[UUID, LeftBehind] = {}
    for pk, number, insured, office, owner, name, why, month, amount in rows:
        before = found[pk].months if pk in found else ()
        found[pk] = LeftBehind(pk, number, insured, office, owner, name, why, (*before, (month, amount)))
    return list(found.values())

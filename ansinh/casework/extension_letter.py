"""The notice of an extension as a signed letter, and the list of what one press extended."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.casework.grounds import grounds_for
from ansinh.casework.leader_letter import Signature, Words, signed_letter_of
from ansinh.casework.models import BatchPress, DueChange, Outcome
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.law.deadlines import Limit, Unit
from ansinh.offices.queries import office
from ansinh.people.models import Officer, Role
from ansinh.people.queries import capacity_to_sign
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day

EXTENSION_LETTER = "casework.extension_letter"
"""Name of the job that makes the letter."""
KIND = "extension"
DECIDES = (Role.HEAD, Role.LEADER, Role.PROVINCIAL_DIRECTOR)
"""Who at the dossier's office may extend."""
TITLE = "Thông báo gia hạn giải quyết hồ sơ"


def make_extension_letter(change_id: UUID, *, at: datetime) -> IssuedDocument | None:
    """Sign and keep the notice of one extension; None when it was made before. Raises NotNow.

    In the name of who decided, where one had the capacity to sign that day; otherwise the portal seals it for the
    office.
    """
    change = DueChange.objects.select_related("dossier", "decided_by").get(pk=change_id)
    if change.kind != "extension" or IssuedDocument.objects.filter(pk=change.pk).exists():
        return None
    assert change.decided_by is not None
    signature = _signature(change, change.decided_by)
    number = _number(change)
    signed = signed_letter_of(change.dossier, words_of(change), signature=signature, number=number, at=at)
    signed_by = signature.words if signature.capacity is not None else office(change.dossier.office_code).name_vi
    return issue_document(
        change.dossier, signed, kind=KIND, title=TITLE, number=number, signed_by=signed_by, document_id=change.pk, at=at
    )


def words_of(change: DueChange) -> Words:
    """Old day, new day, ground, document, why."""
    dossier = change.dossier
    grounds = {one.code: one.name_vi for one in grounds_for(dossier, on=local_day(change.at))}
    assert change.document_day is not None
    facts = {
        "Ngày hẹn trước": date_vi(change.old_due) if change.old_due else "",
        "Ngày hẹn mới": date_vi(change.new_due) if change.new_due else "",
        "Thời hạn mới": Limit(change.limit_value, Unit(change.limit_unit)).words_vi if change.limit_value else "",
        "Thêm": f"{change.adds} ngày, cùng loại ngày với thời hạn" if change.adds else "",
        "Căn cứ": f"{grounds.get(change.ground, change.ground)}; {change.basis_vi}",
        "Văn bản": f"số {change.document_number} ngày {date_vi(change.document_day)}",
    }
    agency = office(dossier.office_code).name_vi
    what = (
        f"{agency} gia hạn giải quyết hồ sơ; ngày hẹn trả kết quả mới là {date_vi(change.new_due)}."
        if change.new_due
        else f"{agency} gia hạn giải quyết hồ sơ. Hồ sơ đang chờ ông/bà bổ sung; ngày hẹn mới tính khi bổ sung đủ."
    )
    return Words(TITLE, "", facts, [what, f"Lý do: {change.why_vi.rstrip('.')}."])


def _signature(change: DueChange, officer: Officer) -> Signature:
    held = (
        capacity_to_sign(officer.pk, office_code=change.dossier.office_code, role=role, on=local_day(change.at))
        for role in DECIDES
    )
    capacity = next((one for one in held if one is not None), None)
    return Signature(officer.pk, officer.full_name, officer.title_vi, capacity, change.at)


def _number(change: DueChange) -> str:
    before = DueChange.objects.filter(dossier=change.dossier, kind="extension", at__lt=change.at).count()
    return f"{_serial(change.dossier)}{f'-{before + 1}' if before else ''}/GH-BHXH"


def _serial(dossier: Dossier) -> str:
    return dossier.number.split("/")[0]


def extended_by(press: BatchPress) -> list[DueChange]:
    """What one press extended, in its order: the changes written in the transactions of its rows."""
    rows = press.rows.filter(outcome=Outcome.DONE).values_list("dossier_id", "at")
    moments = {(dossier, at): place for place, (dossier, at) in enumerate(rows)}
    changes = DueChange.objects.filter(
        kind="extension", dossier_id__in={dossier for dossier, _ in moments}, decided_by_id=press.officer_id
    ).select_related("dossier")
    found = [one for one in changes if (one.dossier_id, one.at) in moments]
    return sorted(found, key=lambda one: moments[one.dossier_id, one.at])

"""Give somebody the first social insurance number, and the record under it. The same person never gets two.

Works in the caller's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.law.errors import LawError
from ansinh.law.identifiers import parse_personal_id, personal_id_facts
from ansinh.law.names import search_key
from ansinh.people.models import Person
from ansinh.platform.errors import Conflict
from ansinh.registry.benefits.grant import Ground
from ansinh.registry.models import InsuredPerson, IssuedNumber
from ansinh.registry.numbers.source import number_source


@dataclass(frozen=True)
class Newcomer:
    """Somebody without a number, as the dossier names them; `sex` empty: as the identity number says."""

    full_name: str
    date_of_birth: str
    personal_id_number: str
    sex: str = ""


def issue_number(newcomer: Newcomer, *, office_code: str, ground: Ground) -> tuple[InsuredPerson, bool]:
    """The person's record and whether it is new: whoever has one already keeps its number.

    Raises Conflict: `identity-missing`, `identity-of-another` (the number is held under another name or birth),
    `number-without-record`, `sex-missing`, `no-number-left`.
    """
    identity = newcomer.personal_id_number.strip()
    if not identity:
        raise Conflict(
            "identity-missing",
            "Chưa có số định danh của {name} nên chưa cấp được mã số BHXH. Xin yêu cầu bổ sung.",
            name=newcomer.full_name,
        )
    holder = Person.objects.select_for_update().filter(personal_id_number=identity).first()
    if holder is not None:
        _refuse_another(newcomer, holder.full_name, holder.date_of_birth)
    if held := _held(newcomer, identity, holder):
        return held, False
    source = number_source()
    number = source.take(office_code=office_code, on=ground.at.date())
    if held := _held(newcomer, identity, holder):  # given by another transaction while this one waited for a number
        return held, False
    made = InsuredPerson.objects.create(
        si_number=number,
        full_name=newcomer.full_name,
        search_key=search_key(newcomer.full_name),
        date_of_birth=newcomer.date_of_birth,
        sex=newcomer.sex or (holder.sex if holder else _sex_of(identity)),
        personal_id_number=identity,
        managing_office=office_code,
        updated_on=ground.at.date(),
    )
    IssuedNumber.objects.create(
        insured=made, personal_id_number=identity, source=source.name, dossier_id=ground.dossier_id, made_at=ground.at
    )
    if holder is not None:
        holder.si_number = made.pk
        holder.updated_at = ground.at
        holder.save(update_fields=["si_number", "updated_at"])
    return made, True


def _held(newcomer: Newcomer, identity: str, holder: Person | None) -> InsuredPerson | None:
    """The record of that identity, or the one the portal's register already ties to it."""
    if holder is not None and holder.si_number:
        found = InsuredPerson.objects.filter(pk=holder.si_number).first()
        if found is None:
            raise Conflict(
                "number-without-record",
                "{name} đã có mã số BHXH {number} nhưng chưa có sổ quản lý tại đây. Xin lập sổ theo mã số đó, "
                "không cấp mã số mới.",
                name=holder.full_name,
                number=holder.si_number,
            )
        return found
    found = InsuredPerson.objects.filter(personal_id_number=identity).order_by("si_number").first()
    if found is not None:
        _refuse_another(newcomer, found.full_name, found.date_of_birth)
    return found


def _refuse_another(newcomer: Newcomer, name: str, born: str) -> None:
    same_name = search_key(name) == search_key(newcomer.full_name)
    known = min(len(born), len(newcomer.date_of_birth))  # a year alone is compared as a year
    if not same_name or born[:known] != newcomer.date_of_birth[:known]:
        raise Conflict(
            "identity-of-another",
            "Số định danh của {name} đang ghi cho một người khác họ tên hoặc ngày sinh. Xin đối chiếu với căn cước, "
            "rồi yêu cầu sửa.",
            name=newcomer.full_name,
        )


def _sex_of(identity: str) -> str:
    try:
        return personal_id_facts(parse_personal_id(identity)).sex
    except LawError:
        raise Conflict(
            "sex-missing", "Hồ sơ chưa cho biết giới tính để lập sổ. Xin yêu cầu bổ sung giới tính."
        ) from None

"""Facts about a person that a decision corrects, in the record and in the register of persons; the old one is kept.

Works in the caller's transaction, on a record the caller has locked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from ansinh.law.errors import LawError
from ansinh.law.identifiers import parse_personal_id, parse_phone
from ansinh.law.names import search_key
from ansinh.people.models import Account, Person
from ansinh.platform.errors import Conflict
from ansinh.registry.benefits.grant import Ground
from ansinh.registry.models import InsuredPerson, PersonalDataChange

_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_SEXES: Final = {"male": "male", "female": "female", "nam": "male", "nu": "female"}
"""Of the word without its marks."""
IN_BOTH: Final = ("full_name", "date_of_birth", "sex", "personal_id_number")
"""Facts that the record and the register of persons both hold."""


def change(
    person: InsuredPerson, *, what: str, to: str, address: Mapping[str, Any], ground: Ground
) -> PersonalDataChange:
    """Write the new fact, or once more the same. Raises Conflict (`data-unreadable`, `number-of-another`)."""
    value = _read(what, to)
    holder = Person.objects.select_for_update().filter(si_number=person.pk).first()
    old = _held(person, holder, what)
    if what == "personal_id_number":
        _refuse_of_another(value, holder)
    if what in IN_BOTH:
        _write(person, what, value, at_day=ground.at.date())
    if holder is not None:
        _write_holder(holder, what, value, address, ground)
    return PersonalDataChange.objects.create(
        insured=person, field=what, old=old, new=value, dossier_id=ground.dossier_id, made_at=ground.at
    )


def _read(what: str, typed: str) -> str:
    reader = _READERS.get(what)
    text = " ".join(typed.split())
    try:
        found = reader(text) if reader else text
    except (LawError, ValueError):
        found = ""
    if not found:
        raise Conflict(
            "data-unreadable",
            "“{value}” không đọc được là thông tin cần ghi. Xin yêu cầu người nộp viết lại theo giấy tờ.",
            value=typed,
        )
    return found


def _day(text: str) -> str:
    if re.fullmatch(r"\d{4}", text):
        return text
    if found := _DAY.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        return date(year, month, day).isoformat()
    return date.fromisoformat(text).isoformat()


_READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "date_of_birth": _day,
    "sex": lambda text: _SEXES.get(search_key(text), ""),
    "personal_id_number": parse_personal_id,
    "phone": parse_phone,
}


def _held(person: InsuredPerson, holder: Person | None, what: str) -> str:
    if what in IN_BOTH:
        return str(getattr(person, what))
    if holder is None or what not in ("phone", "nationality"):
        return ""
    return str(getattr(holder, what))


def _refuse_of_another(number: str, holder: Person | None) -> None:
    others = Person.objects.filter(personal_id_number=number)
    if (others.exclude(pk=holder.pk) if holder else others).exists():
        raise Conflict(
            "number-of-another",
            "Số định danh này đang thuộc một người khác trong sổ. Xin đối chiếu lại với căn cước.",
        )


def _write(person: InsuredPerson, what: str, value: str, *, at_day: date) -> None:
    setattr(person, what, value)
    if what == "full_name":
        person.search_key = search_key(value)
    person.updated_on = at_day
    person.save()


def _write_holder(holder: Person, what: str, value: str, address: Mapping[str, Any], ground: Ground) -> None:
    if what == "residence":
        holder.contact_address = dict(address) or holder.contact_address
    elif what == "nationality":
        holder.nationality = value if len(value) == 2 else holder.nationality
    elif what != "ethnicity":
        setattr(holder, what, value)
    if what == "full_name":
        holder.search_key = search_key(value)
        Account.objects.filter(person=holder).update(display_name=value)
    holder.updated_at = ground.at
    holder.save()

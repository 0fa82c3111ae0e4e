"""Somebody at the counter without an account: who they are by their paper, and the account that holds their papers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password

from ansinh.law.names import search_key
from ansinh.people.models import Account, Person
from ansinh.platform.errors import Invalid
from ansinh.platform.identifiers import uuid7


@dataclass(frozen=True)
class PaperIdentity:
    """What stands on the identity paper; `born` is YYYY-MM-DD or YYYY."""

    number: str
    full_name: str
    born: str
    sex: str


def person_of_paper(identity: PaperIdentity, *, si_number: str, at: datetime) -> Person:
    """The person of this personal number, made where the office knew none. Raises Invalid (something is missing).

    In the caller's transaction. A registration of the same number later finds this row, and with it the dossiers.
    """
    number, name = "".join(identity.number.split()), " ".join(identity.full_name.split())[:100]
    complete = re.fullmatch(r"\d{12}", number) and name and re.fullmatch(r"\d{4}(-\d\d-\d\d)?", identity.born)
    if not complete or identity.sex not in ("male", "female"):
        raise Invalid(
            "paper-incomplete",
            "Chưa đủ dữ kiện trên giấy tờ tùy thân. Xin ghi số định danh 12 chữ số, họ tên, ngày sinh, giới tính.",
        )
    held = Person.objects.filter(personal_id_number=number).first()
    return held or Person.objects.create(
        full_name=name, search_key=search_key(name), date_of_birth=identity.born, sex=identity.sex,
        personal_id_number=number, si_number=si_number, updated_at=at,
    )  # fmt: skip


def holding_account(person: Person, *, at: datetime) -> Account:
    """An account nobody can open, which keeps the papers of one filing; it stands for whoever filed it."""
    account_id = uuid7()
    return Account.objects.create(
        id=account_id, login=f"pending:{account_id.hex}", password=make_password(None),
        display_name=person.full_name, created_at=at,
    )  # fmt: skip

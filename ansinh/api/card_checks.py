"""The check of a health card for the programs of health facilities, in the names their vendors know."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse

from ansinh.api.answers import answer, for_citizen, message, now
from ansinh.people.actors import Citizen
from ansinh.people.organisations.staff import acting_for_facility
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day
from ansinh.registry.card_checks.check import Checked, check_code, check_typed
from ansinh.registry.card_checks.compare import Typed


class CardQuestion(msgspec.Struct, forbid_unknown_fields=True):
    """For which facility (maCSKCB), and either the code a person shows (`ma`) or number, name and birth date."""

    maCSKCB: str  # noqa: N815 - the names of the gateway
    ma: str = ""
    maThe: str = ""  # noqa: N815
    hoTen: str = ""  # noqa: N815
    ngaySinh: str = ""  # noqa: N815


@for_citizen
def card_checks(request: HttpRequest, actor: Citizen) -> HttpResponse:
    """POST: what the register holds of the card, with the code of the answer. Written down and told to the person."""
    asked = message(request, CardQuestion)
    by = acting_for_facility(actor, asked.maCSKCB.strip(), on=local_day(now()))
    if asked.ma:
        return answer(_shown(check_code(asked.ma, actor=by, at=now())))
    return answer(_shown(check_typed(Typed(asked.maThe, asked.hoTen, asked.ngaySinh), actor=by, at=now())))


def _shown(checked: Checked) -> dict[str, str]:
    card = checked.card
    told = {"maKetQua": checked.answer.code, "ghiChu": checked.answer.text_vi}
    if card is None:
        return told
    return {
        **told,
        "maThe": card.number,
        "maSoBHXH": card.si_number,
        "hoTen": card.name,
        "ngaySinh": "/".join(reversed(card.born.split("-"))),
        "gioiTinh": {"male": "Nam", "female": "Nữ"}.get(card.sex, ""),
        "maDKBD": card.facility,
        "gtTheTu": date_vi(card.valid_from) if card.valid_from else "",
        "gtTheDen": date_vi(card.valid_to) if card.valid_to else "",
        "mucHuong": str(card.percent) if card.percent is not None else "",
    }

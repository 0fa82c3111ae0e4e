"""My health-insurance card, with a code that shows for some minutes that it is mine and valid."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from ansinh.casework.letter import CHECK_PAGE
from ansinh.documents.qr import qr_svg
from ansinh.people.actors import Citizen
from ansinh.people.queries import the_person
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi
from ansinh.registry.card_checks.check import checks_of
from ansinh.registry.cards import CardState, HealthCard, card_code, card_of
from ansinh.signing.qr_token import LIVES, Kind
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, address, frame
from ansinh.web.clock import now, today
from ansinh.web.formats import clock

RENEWED_BEFORE_END: Final = 60
"""Seconds left to a code when the page asks for the next one."""
MENDED_BY: Final = "cap-lai-doi-dieu-chinh-so-the"


@citizen_page
def card(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """The card as the register holds it today; a valid one with a fresh code at every look."""
    held = card_of(the_person(citizen.person_id).si_number or "")
    state = held.state(on=today()) if held else None
    return render(
        request,
        "citizen/card.html",
        page=frame(
            citizen,
            translate("Thẻ BHYT của tôi"),
            current=ACCOUNT,
            back=(translate("Tài khoản của tôi"), reverse("citizen:account")),
        ),
        card=held,
        number=_groups(held.number) if held else "",
        rows=_rows(held) if held else [],
        state=state,
        state_words=_words(held, state) if held and state else "",
        mend_href=address("public:service", slug=MENDED_BY),
        checks=checks_of(held.si_number, most=10) if held else [],
        **(_code(held) if held and state is CardState.VALID else {}),
    )


def _code(held: HealthCard) -> dict[str, Any]:
    moment = now()
    link = f"{settings.PUBLIC_URL}{CHECK_PAGE}?q={card_code(held, at=moment)}"
    life = LIVES[Kind.CARD]
    return {
        "qr": Markup(qr_svg(link, title=translate("Mã QR của thẻ BHYT"), css_class="qr")),  # noqa: S704 - our own SVG
        "ends": clock(moment + life),
        "renew_seconds": int(life.total_seconds()) - RENEWED_BEFORE_END,
    }


def _rows(held: HealthCard) -> list[dict[str, Any]]:
    sex = {"male": translate("Nam"), "female": translate("Nữ")}.get(held.sex, "–")
    rows: list[dict[str, Any]] = [
        {"label": translate("Ngày sinh"), "value": _born(held.born)},
        {"label": translate("Giới tính"), "value": sex},
        {"label": translate("Giá trị từ"), "value": date_vi(held.valid_from) if held.valid_from else "–"},
        {
            "label": translate("Đến hết"),
            "value": date_vi(held.valid_to) if held.valid_to else translate("Không thời hạn"),
        },
    ]
    if held.percent is not None:
        paid = translate("{percent} % chi phí khám, chữa bệnh trong phạm vi", percent=held.percent)
        rows.append({"label": translate("Mức hưởng"), "value": paid, "wide": True})
    if held.facility:
        place = translate("Cơ sở mã {code}", code=held.facility)
        rows.append({"label": translate("Nơi khám, chữa bệnh ban đầu"), "value": place, "wide": True})
    return rows


def _words(held: HealthCard, state: CardState) -> str:
    if state is CardState.VALID:
        return translate("Thẻ đang có giá trị.")
    if state is CardState.NOT_YET:
        return (
            translate("Thẻ có giá trị từ {day}.", day=date_vi(held.valid_from))
            if held.valid_from
            else translate("Thẻ chưa có ngày bắt đầu.")
        )
    assert held.valid_to is not None
    return translate("Thẻ đã hết giá trị từ sau ngày {day}.", day=date_vi(held.valid_to))


def _born(text: str) -> str:
    return date_vi(date.fromisoformat(text)) if len(text) == 10 else text


def _groups(number: str) -> str:
    """As printed on cards: group, level, province, person."""
    return " ".join((number[:2], number[2:3], number[3:5], number[5:]))

"""Extending many dossiers on one ground: chosen in a list, one result each, the applicants told, a list to download."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ansinh.casework.batch.press import do_row
from ansinh.casework.models import BatchPress, DueChange, Outcome
from ansinh.dossiers.models import Dossier
from ansinh.files.spreadsheets.read import read_sheet
from ansinh.notifications.models import Notice
from ansinh.people.models import Reading
from tests.browsers import Client
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, a_dossier_to_control, a_dossier_to_sign
from tests.web.officer.test_desk import words
from tests.world import World, a_submitted_dossier

Browser = Callable[[str], Client]
LIST, MANY = "/can-bo/gia-han", "/can-bo/mot-loat"
ORDER = {
    "ground": "disaster", "days": "5", "number": "12/QĐ-UBND", "document.day": "8", "document.month": "11",
    "document.year": "2026", "reason": "Bão số 9, cơ quan phải sơ tán.", "_xac-nhan": "1", "lam": "extend",
}  # fmt: skip


def test_chosen_ones_are_extended_each_with_its_own_result(world: World, browser: Browser) -> None:
    first, second = a_dossier_in_appraisal(world), a_dossier_to_sign(world)
    waiting = a_submitted_dossier(world)  # no clock yet
    head = browser("head")
    page = words(head.get(LIST))
    assert first.number in page
    assert second.number in page
    assert waiting.number not in page
    chosen = [str(one.pk) for one in (first, second, waiting)]
    asked = head.post(MANY, {"lam": "extend", "ho-so": chosen})
    assert "Gia hạn: 3 hồ sơ" in words(asked)
    assert not BatchPress.objects.exists()
    assert head.post(MANY, {**ORDER, "ho-so": chosen}).status_code == 302
    press = BatchPress.objects.get()
    for row in press.rows.all():
        do_row(row.pk, at=MONDAY)
    assert list(press.rows.values_list("outcome", flat=True)) == [Outcome.DONE, Outcome.DONE, Outcome.REFUSED]
    assert set(Dossier.objects.filter(pk__in=chosen[:2]).values_list("due_on", flat=True)) == {date(2026, 11, 26)}
    assert Notice.objects.filter(code="due_date_changed").count() == 2
    result = words(head.get(f"{MANY}/{press.pk}"))
    assert "chưa tính giờ" in result
    assert "Tải danh sách kèm theo" in result


def test_a_second_press_of_the_same_form_extends_nothing_twice(world: World, browser: Browser) -> None:
    dossier, head = a_dossier_in_appraisal(world), browser("head")
    for _ in range(2):
        head.post(MANY, {**ORDER, "ho-so": [str(dossier.pk)]})
    for press in BatchPress.objects.order_by("made_at", "id"):
        do_row(press.rows.get().pk, at=MONDAY)
    one = {name: value for name, value in ORDER.items() if name not in ("_xac-nhan", "lam")}
    form = {**one, "why": ORDER["reason"], "_send": "1"}
    head.post(f"/can-bo/ho-so/{dossier.pk}/gia-han", form)
    assert DueChange.objects.count() == 1
    assert Dossier.objects.get(pk=dossier.pk).due_on == date(2026, 11, 26)


def test_the_list_names_each_extended_dossier_with_both_days_and_is_a_reading(world: World, browser: Browser) -> None:
    dossier, head = a_dossier_in_appraisal(world), browser("head")
    head.post(MANY, {**ORDER, "ho-so": [str(dossier.pk)]})
    press = BatchPress.objects.get()
    do_row(press.rows.get().pk, at=MONDAY)
    known = Reading.objects.count()
    answer = head.get(f"{MANY}/{press.pk}/gia-han.xlsx")
    rows = read_sheet(answer.content).rows
    assert [str(cell) for cell in rows[1][:4]] == [dossier.number, dossier.applicant_name, "18/11/2026", "26/11/2026"]
    assert Reading.objects.count() == known + 1
    assert browser("leader").get(f"{MANY}/{press.pk}/gia-han.xlsx").status_code == 404


def test_the_whole_list_can_be_extended(world: World, browser: Browser) -> None:
    for _ in range(3):
        a_dossier_in_appraisal(world)
    head = browser("head")
    assert 'name="danh-sach" value="gia-han"' in head.get(LIST).content.decode()
    head.post(MANY, {**ORDER, "tat-ca": "1", "danh-sach": "gia-han"})
    assert BatchPress.objects.get().rows.count() == 3


def test_the_whole_list_of_the_desk_is_no_more_than_what_stands_in_it(world: World, browser: Browser) -> None:
    shown, elsewhere = a_dossier_to_control(world), a_dossier_in_appraisal(world)
    head = browser("head")
    assert elsewhere.number not in words(head.get("/can-bo"))
    asked = words(head.post(MANY, {"lam": "extend", "tat-ca": "1"}))
    assert "Gia hạn: 1 hồ sơ" in asked and shown.number in asked and elsewhere.number not in asked


@pytest.mark.parametrize("missing", ["ground", "days", "number", "reason"])
def test_one_ground_document_and_reason_are_needed_for_all(world: World, browser: Browser, missing: str) -> None:
    dossier = a_dossier_in_appraisal(world)
    answer = browser("head").post(MANY, {**ORDER, missing: "", "ho-so": [str(dossier.pk)]})
    assert answer.status_code == 422
    assert not DueChange.objects.exists()


def test_who_leads_nowhere_gets_no_list(world: World, browser: Browser) -> None:
    assert browser("specialist").get(LIST).status_code == 403
    assert "Gia hạn nhiều hồ sơ" not in words(browser("specialist").get("/can-bo"))

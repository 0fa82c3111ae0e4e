"""The monthly payment and cash on the desk: each officer's step from page to page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from ansinh.payments.models import CashCount, CashPayment, Order, OrderState, Payroll
from ansinh.people.models import Account, Role
from ansinh.people.queries import officer
from ansinh.registry.models import UnpaidBenefit
from tests.browsers import Client
from tests.files.samples import png
from tests.payments.money import NOW, again, to_pay
from tests.payments.test_payroll import a_pensioner
from tests.payments.test_payroll_held import pay_months, without_an_account
from tests.world import LOCAL_OFFICE, World, an_officer

pytestmark = pytest.mark.django_db
LISTS, TILL = "/can-bo/chi-tra/hang-thang", "/can-bo/chi-tra/tien-mat"


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    """A working day of November."""
    settings.CLOCK = lambda: NOW


@pytest.fixture
def cashier(world: World) -> Client:
    """The browser of who prepares payments."""
    officer = an_officer("ketoan", "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))
    client = Client()
    client.force_login(Account.objects.get(pk=officer.account_id))
    return client


def pressed(browser: Client, address: str, act: str, **facts: object) -> Any:
    return browser.post(address, {"_act": act, **facts}, follow=True)


def words(page: Any) -> str:
    return re.sub(r"<[^>]+>", " ", page.content.decode())


def test_a_month_goes_through_three_browsers(world: World, cashier: Client, browser: Callable[[str], Client]) -> None:
    a_pensioner("Hồ Văn An", 4_200_000)
    a_pensioner("Lê Thị Bé", 3_100_000, bank=False)
    assert cashier.post(LISTS, {"month": "mười một", "office": LOCAL_OFFICE}).status_code == 422
    page = cashier.post(LISTS, {"month": "11/2026", "office": LOCAL_OFFICE}, follow=True)
    assert "Đã lập 2 danh sách chi trả" in words(page) and "Phường Hàm Rồng" in words(page)
    for one in Payroll.objects.all():
        address = f"{LISTS}/{one.pk}"
        assert "Đã kiểm soát, chuyển duyệt chi" not in words(cashier.get(address))
        assert "Mới: 1" in re.sub(r"\s+", " ", words(browser("head").get(address)))
        pressed(browser("head"), address, "control")
        assert pressed(browser("head"), address, "release").status_code == 422
        assert "Đã duyệt chi 1 người" in words(pressed(browser("leader"), address, "release"))
    by_bank = Payroll.objects.get(method="bank")
    page = pressed(cashier, f"{LISTS}/{by_bank.pk}", "files")
    assert "Đã lập 1 tệp cho ngân hàng" in words(page)
    assert pressed(browser("head"), f"/can-bo/chi-tra/{by_bank.batches.get().pk}", "release").status_code == 200
    assert Order.objects.get(method="bank").state == OrderState.SENT
    by_cash = Payroll.objects.get(method="cash")
    rows = cashier.get(f"{LISTS}/{by_cash.pk}/danh-sach").content.decode()
    assert "Lê Thị Bé" in rows and "3100000" in rows
    assert browser("citizen").get(LISTS).status_code == 403


def test_months_held_too_long_are_carried_over_from_the_page(
    world: World, cashier: Client, browser: Callable[[str], Client]
) -> None:
    a_pensioner("Lê Văn Hai", since=date(2026, 3, 1))
    one = without_an_account("Bùi Văn Ba", since=date(2026, 3, 1))
    actor = officer(Account.objects.get(login="can-bo-ketoan"), on=NOW.date())
    assert actor is not None
    assert "Giữ lại quá" not in words(cashier.get(LISTS))
    pay_months(world, actor, 3, 10)
    page = words(cashier.get(LISTS))
    assert "Giữ lại quá 6 tháng" in page and "Bùi Văn Ba" in page and "03/2026, 04/2026" in page
    assert "chưa có tài khoản nhận tiền" in page
    assert "Kế toán chi trả ghi vào khoản chưa nhận" in words(browser("head").get(LISTS))
    done = pressed(cashier, LISTS, "carry", benefit=one.pk)
    assert "Đã ghi 2 tháng của Bùi Văn Ba vào khoản chưa nhận" in words(done)
    assert "Giữ lại quá" not in words(done)
    assert UnpaidBenefit.objects.count() == 2
    assert cashier.post(LISTS, {"_act": "carry", "benefit": str(one.pk)}).status_code == 404
    assert cashier.post(LISTS, {"_act": "carry", "benefit": "x"}).status_code == 404


def test_cash_is_paid_between_two_browsers(world: World, cashier: Client, browser: Callable[[str], Client]) -> None:
    order = to_pay(world, 3_000_000, to=None, cash=True)
    begin = f"{TILL}/lenh/{order.pk}"
    assert begin in cashier.get("/can-bo/chi-tra").content.decode()
    assert cashier.post(begin, {"post": "Quầy 1", "receiver": "self", "paper": ""}).status_code == 422
    cashier.post(begin, {"post": "Quầy 1", "receiver": "self", "paper": "079196000018"})
    payment = CashPayment.objects.get()
    address = f"{TILL}/{payment.pk}"
    assert cashier.get(f"{address}/giay").content.startswith(b"%PDF")
    assert "Chờ giấy nhận tiền có chữ ký" in words(browser("head").get(TILL))
    picture = SimpleUploadedFile("ky-nhan.png", png(), content_type="image/png")
    assert "Đã giữ giấy nhận tiền" in words(pressed(cashier, address, "receipt", receipt=picture))
    assert cashier.get(f"{address}/giay?da-ky").content == png()
    assert pressed(cashier, address, "confirm").status_code == 422
    assert "Xác nhận đã trả" in words(browser("head").get(address))
    pressed(browser("head"), address, "confirm")
    assert again(order).state == OrderState.PAID
    counted = {"post": f"{LOCAL_OFFICE}/Quầy 1", "brought": "5.000.000", "witness": str(world["head"].officer_id)}
    assert cashier.post(TILL, {**counted, "counted": "hai triệu"}).status_code == 422
    assert cashier.post(TILL, {**counted, "counted": "2.000.000"}).status_code == 302
    assert CashCount.objects.get().day == date(2026, 11, 24)

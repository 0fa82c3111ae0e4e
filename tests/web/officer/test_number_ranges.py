"""The page of an administrator for the ranges of first social insurance numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.platform.identifiers import uuid7
from ansinh.registry.benefits.grant import Ground
from ansinh.registry.models import IssuedNumber, NumberRange, NumberRangeEvent
from ansinh.registry.numbers.issue import Newcomer, issue_number
from ansinh.registry.numbers.ranges import enter_range
from tests.browsers import Client
from tests.web.officer.conftest import NOW
from tests.world import LOCAL_OFFICE, World

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R-172")]
Browser = Callable[[str], Client]
PAGE = "/can-bo/dai-ma-so"
TYPED = {
    "first": "9900000001", "last": "9900002000", "province": "", "ground": "Công văn 12/BHXH-QLT ngày 01/10/2026",
    "from.day": "1", "from.month": "10", "from.year": "2026",
}  # fmt: skip


def a_range(first: str = "9900000001", last: str = "9900002000", **more: Any) -> NumberRange:
    values = {"province": "", "valid_from": date(2026, 1, 1), "ground": "Công văn 1/BHXH", "by": "admin", **more}
    return enter_range(first, last, at=NOW, **values)


def issued(identities: Iterable[str]) -> None:
    for identity in identities:
        with transaction.atomic():
            newcomer = Newcomer("Nguyễn Văn An", "1998-05-04", identity, "male")
            issue_number(newcomer, office_code=LOCAL_OFFICE, ground=Ground(uuid7(), "1/2026", NOW))


def test_an_administrator_enters_a_range_and_sees_what_is_left(world: World, browser: Browser) -> None:
    admin = browser("admin")
    assert "Chưa có dải số nào" in admin.get(PAGE).text
    assert admin.post(PAGE, TYPED).status_code == 302
    issued(["045198001234"])
    shown = admin.get(PAGE).text
    assert "Đã nhập dải số, cấp được 2.000 mã số." in shown
    assert "9900000001" in shown and "9900002000" in shown and ">1.999" in shown
    assert "Ngô Thị Sen" in shown and "Công văn 12/BHXH-QLT" in shown
    made, event = NumberRange.objects.get(), NumberRangeEvent.objects.get()
    assert (made.entered_by, event.actor, event.kind) == (f"officer:{world['admin'].officer_id}",) * 2 + ("entered",)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_numberrangeevent SET ground = 'x'")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ground": " "}, "Chưa ghi văn bản giao dải số"),
        ({"last": "9900000000"}, "không nhỏ hơn số đầu"),
        ({"first": "99"}, "10 chữ số"),
        ({"from.day": ""}, "Ngày chưa đủ"),
        ({"province": "77"}, "Không có tỉnh, thành phố mang mã này"),
    ],
)
def test_what_is_not_whole_is_said_beside_its_box(
    world: World, browser: Browser, change: dict[str, str], says: str
) -> None:
    answer = browser("admin").post(PAGE, TYPED | change)
    assert answer.status_code == 422 and says in answer.text and not NumberRange.objects.exists()


def test_a_number_lies_in_one_range_only(world: World, browser: Browser) -> None:
    a_range("9900001500", "9900003000", ground="Công văn 9/BHXH")
    answer = browser("admin").post(PAGE, TYPED)
    assert answer.status_code == 422 and NumberRange.objects.count() == 1
    assert "trùng với dải 9900001500–9900003000 đã nhập theo Công văn 9/BHXH" in answer.text


def test_a_range_is_closed_with_a_reason_and_gives_no_number_then(world: World, browser: Browser) -> None:
    made, admin = a_range(), browser("admin")
    why, on = f"why-{made.pk}", f"on-{made.pk}"
    typed = {"range": str(made.pk), why: "Thu hồi", f"{on}.day": "9", f"{on}.month": "11", f"{on}.year": "2026"}
    refused = admin.post(PAGE, typed | {why: ""})
    assert refused.status_code == 422 and "Chưa ghi vì sao đóng dải số" in refused.text
    past = admin.post(PAGE, typed | {f"{on}.day": "8"})
    assert past.status_code == 422 and "Ngày đóng đã qua" in past.text
    assert admin.post(PAGE, typed).status_code == 302
    assert "đóng từ 09/11/2026" in admin.get(PAGE).text and "Thu hồi" in admin.get(PAGE).text
    again = admin.post(PAGE, typed)
    assert again.status_code == 422 and "đã đóng rồi" in again.text
    with pytest.raises(Exception, match="Chưa có dải mã số BHXH nào còn số"):
        issued(["045198001234"])


def test_a_shortage_is_said_by_number_and_by_pace(world: World, browser: Browser) -> None:
    admin = browser("admin")
    a_range()
    assert "Xin đề nghị cấp dải mới" not in admin.get(PAGE).text
    issued(f"0451980012{number:02d}" for number in range(40))
    assert IssuedNumber.objects.count() == 40
    # 1,960 left at 40 in 30 days last for years; a province of its own with 20 does not
    assert "Xin đề nghị cấp dải mới" not in admin.get(PAGE).text
    a_range("9800000001", "9800000020", province="90")
    assert "còn 20 mã số, theo mức cấp 30 ngày qua thì hết sau khoảng 15 ngày" in admin.get(PAGE).text


def test_only_administrators_see_it(world: World, browser: Browser) -> None:
    for name in ("counter", "specialist", "leader"):
        assert browser(name).get(PAGE).status_code == 403
        assert browser(name).post(PAGE, TYPED).status_code == 403
        assert PAGE not in browser(name).get("/can-bo").text
    assert PAGE in browser("admin").get("/can-bo/quan-ly").text + browser("admin").get("/can-bo").text
    assert not NumberRange.objects.exists()

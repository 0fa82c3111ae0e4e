"""Protected people on the desk: the page of the heads, and what every other page shows of them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ansinh.people.models import Protection, Reading
from ansinh.people.models_readings import PageKind
from ansinh.people.readings.protect import protect
from ansinh.people.recovery.open_at_counter import open_at_counter
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.ask import ask_at_counter
from tests.people.families import a_child, a_guardian
from tests.web.officer.conftest import NOW
from tests.web.officer.test_desk import Browser, words
from tests.world import ID_NUMBER, LOCAL_OFFICE, World

NAME, HIDDEN = "Trần Thị Mai Lan", "Người được bảo vệ riêng"
WHY = "Bị đe dọa sau vụ án gia đình."
PAGE = "/can-bo/giam-sat/bao-ve"


def guarded(world: World) -> Protection:
    return protect(ID_NUMBER, actor=world["leader"], office_code=LOCAL_OFFICE, reason=WHY, last_day=None, at=NOW)


def test_a_head_protects_and_ends_on_one_page(world: World, browser: Browser) -> None:
    head = browser("head")
    assert reverse("officer:protections") in head.get("/can-bo/giam-sat").content.decode()
    wrong = head.post(PAGE, {"so": "12", "office": LOCAL_OFFICE, "reason": WHY})
    assert wrong.status_code == 422 and "Không tìm thấy người này" in words(wrong)
    short = head.post(PAGE, {"so": ID_NUMBER, "office": LOCAL_OFFICE, "reason": "?"})
    assert short.status_code == 422 and not Protection.objects.exists()
    bad_day = {"so": ID_NUMBER, "office": LOCAL_OFFICE, "reason": WHY, "until.day": "41"}
    assert "Chưa đọc được ngày này" in words(head.post(PAGE, bad_day))
    done = head.post(PAGE, {"so": ID_NUMBER, "office": LOCAL_OFFICE, "reason": WHY}, follow=True)
    assert NAME in words(done) and "Người đó được báo" in words(done)
    assert Reading.objects.filter(page=PageKind.PROTECTION, subject_id=world.citizen.person_id).exists()
    row = Protection.objects.get()
    empty = head.post(PAGE, {"_end": str(row.pk), f"reason-{row.pk}": ""})
    assert empty.status_code == 422 and "<details open>" in empty.content.decode()
    ended = head.post(PAGE, {"_end": str(row.pk), f"reason-{row.pk}": "Người đó xin thôi bảo vệ."}, follow=True)
    assert "Đã kết thúc việc bảo vệ riêng" in words(ended)
    assert head.post(PAGE, {"_end": "không phải số", "reason-không phải số": WHY}).status_code == 422


@pytest.mark.parametrize("who", ["specialist", "counter", "admin"])
def test_nobody_else_opens_it(world: World, browser: Browser, who: str) -> None:
    guarded(world)
    assert browser(who).get(PAGE).status_code == 403


@pytest.mark.requirement("R-167")
def test_lists_show_no_name_and_the_own_page_is_marked(world: World, browser: Browser) -> None:
    child = a_child()
    a_guardian(world, child, world.citizen, at=NOW)
    opened = open_at_counter(
        world.citizen.account_id, actor=world["counter"], office_code=LOCAL_OFFICE, reason="lost_phone",
        compared=["id_card"], at=NOW,
    )  # fmt: skip
    asked = ask_at_counter(
        BankAccount("970436", "0011002233445", "TRAN THI MAI LAN"), person_id=world.citizen.person_id,
        actor=world["counter"], office_code=LOCAL_OFFICE, identity_matches=True, note="", at=NOW,
    )  # fmt: skip
    guarded(world)
    counter = browser("counter")
    for listed in ("/can-bo/khoi-phuc", "/can-bo/tai-khoan-nhan-tien", f"/can-bo/lam-thay/{child.pk}"):
        page = words(counter.get(listed))
        assert HIDDEN in page and NAME not in page, listed
    for own in (
        f"/can-bo/khoi-phuc/{opened.pk}",
        f"/can-bo/tai-khoan-nhan-tien/{asked.pk}",
        f"/can-bo/lam-thay/{world.citizen.person_id}",
    ):
        page = words(counter.get(own))
        assert "Mỗi lượt xem hiện ngay cho người đó" in page and NAME in page, own

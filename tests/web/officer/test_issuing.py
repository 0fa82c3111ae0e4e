"""The page of cards and books on paper: print, mark, hand over, post; the applicant reads it in the dossier."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ansinh.casework.models import Blank, IssueItem, IssueState
from ansinh.dossiers.models import Dossier
from ansinh.people.models import Assignment, Role
from tests.casework.effects.scene import a_procedure, field, granted
from tests.web.officer.conftest import NOW
from tests.web.officer.test_desk import Browser, words
from tests.world import LOCAL_OFFICE, World

PAGE = "/can-bo/the-so"


def given_on(world: World, **more: Any) -> Dossier:
    """A grant that gives a card on paper; the collector is the card officer here, too."""
    Assignment.objects.create(
        officer_id=world["collector"].officer_id, office_code=LOCAL_OFFICE, function="book_card", role=Role.CARD,
        valid_from=date(2026, 1, 1),
    )  # fmt: skip
    a_procedure(
        {"key": "card", "does": "card_issued", "with": {
            "reason": {"value": "hộ gia đình"}, "group": {"value": "GD4"}, "from": {"value": "2026-12-01"}}},
        fields=[field("result_channel", "text")],
        **more,
    )  # fmt: skip
    dossier = granted_by_others(world)
    assert IssueItem.objects.get().office_code == LOCAL_OFFICE
    return dossier


def granted_by_others(world: World) -> Dossier:
    return granted(world, at=NOW - timedelta(minutes=20), result_channel="post")


def test_a_card_goes_from_the_list_to_the_post_and_the_applicant_reads_it(world: World, browser: Browser) -> None:
    dossier = given_on(world)
    item = IssueItem.objects.get()
    client = browser("collector")
    assert "Thẻ, sổ bản giấy" in words(client.get("/can-bo/tai-quay"))
    assert item.person_name in words(client.get(PAGE))
    file = client.post(PAGE, {"_act": "file", "item": [str(item.pk)]})
    assert file["Content-Type"] == "application/pdf" and file.content.startswith(b"%PDF")
    wrong = client.post(PAGE, {"_act": "printed", "item": [str(item.pk)], "first_serial": "x"})
    assert wrong.status_code == 422 and "4 đến 12 chữ số" in words(wrong)
    done = client.post(PAGE, {"_act": "printed", "item": [str(item.pk)], "first_serial": "AB0001234"}, follow=True)
    assert "phôi từ số AB0001234" in words(done)
    one = f"{PAGE}/{item.pk}"
    nowhere = client.post(one, {"_act": "post", "recipient": "Lan", "address": ""})
    assert nowhere.status_code == 422 and "địa chỉ" in words(nowhere)
    to = {"recipient": "Trần Thị Mai Lan", "phone": "", "address": "5 đường Bờ Sông, phường Hàm Rồng"}
    made = client.post(one, {"_act": "post", **to})
    label = client.get(f"{made['Location']}/nhan.pdf")
    assert label["Content-Type"] == "application/pdf" and label.content.startswith(b"%PDF")
    assert client.post(made["Location"], {"_act": "post", "tracking_number": "1"}).status_code == 422
    sent = client.post(made["Location"], {"_act": "post", "tracking_number": "EE123456789VN"}, follow=True)
    assert "EE123456789VN" in words(sent)
    assert "EE123456789VN" in words(client.get(PAGE)) and "EE123456789VN" in words(client.get("/can-bo/buu-gui"))
    told = words(browser("citizen").get(f"/ho-so/{dossier.pk}"))
    assert "Thẻ BHYT" in told and "EE123456789VN" in told


def test_the_counter_hands_over_and_prints_nothing(world: World, browser: Browser) -> None:
    given_on(world)
    item = IssueItem.objects.get()
    printed = {"_act": "printed", "item": [str(item.pk)], "first_serial": "AB0001234"}
    assert browser("counter").post(PAGE, printed).status_code == 422
    browser("collector").post(PAGE, printed)
    one = f"{PAGE}/{item.pk}"
    missing = browser("counter").post(one, {"_act": "hand_over", "taken_by": "Trần Thị Mai Lan"})
    assert missing.status_code == 422 and "đối chiếu giấy tờ" in words(missing)
    ticked = {"taken_by": "Trần Thị Mai Lan", "identity_checked": "true", "signed_for": "true"}
    assert "Đã trả" in words(browser("counter").post(one, {"_act": "hand_over", **ticked}, follow=True))
    assert IssueItem.objects.get().state == IssueState.HANDED_OVER


def test_spoiled_blanks_are_counted(world: World, browser: Browser) -> None:
    given_on(world)
    client, item = browser("collector"), IssueItem.objects.get()
    client.post(PAGE, {"_act": "printed", "item": [str(item.pk)], "first_serial": "AB0001234"})
    client.post(f"{PAGE}/{item.pk}", {"_act": "spoil", "why": "lem mực"})
    assert client.post(PAGE, {"_act": "spoil", "spoiled_serial": "S0001"}).status_code == 422
    client.post(PAGE, {"_act": "spoil", "kind": "book", "spoiled_serial": "S0001", "spoiled_why": "rách"})
    assert Blank.objects.exclude(spoiled_at=None).count() == 2
    page = words(client.get(PAGE))
    assert "Phôi thẻ BHYT 0 1" in page and "Phôi sổ BHXH 0 1" in page


def test_nobody_else_sees_the_list(world: World, browser: Browser) -> None:
    assert browser("specialist").get(PAGE).status_code == 403
    assert browser("citizen").get(PAGE).status_code == 403

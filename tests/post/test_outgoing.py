"""What goes out: its label, its tracking, the carrier's word, and what comes back."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp
from django.db import DatabaseError, transaction

from ansinh.dossiers.models import Dossier
from ansinh.notifications.models import Message
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.post import carrier, outgoing
from ansinh.post.answer_return import answer_return, items_of, waits_for_answer
from ansinh.post.label import labels
from ansinh.post.models import OutgoingItem, OutgoingState
from ansinh.post.outgoing import Receiver
from tests.casework.letters import text_of
from tests.casework.moves import MONDAY
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_submitted_dossier, a_world

pytestmark = pytest.mark.django_db
LAN = Receiver("Trần Thị Mai Lan", "84905000278", "5 đường Bờ Sông, phường Hàm Rồng, tỉnh Sông Lam")
LATER = MONDAY + timedelta(days=3)


@pytest.fixture
def world(db: None) -> World:
    return a_world()


@pytest.fixture
def dossier(world: World) -> Dossier:
    return a_submitted_dossier(world)


def prepared(world: World, dossier: Dossier, **more: object) -> OutgoingItem:
    given = {
        "contents": "result", "what": "Quyết định 12/QĐ-BHXH", "to": LAN, "office_code": LOCAL_OFFICE,
        "actor": world["counter"], "at": MONDAY, **more,
    }  # fmt: skip
    return outgoing.prepare(dossier, **given)  # type: ignore[arg-type]


def posted(world: World, dossier: Dossier, number: str = "EE123456789VN") -> OutgoingItem:
    made = prepared(world, dossier)
    return outgoing.hand_to_post(made.pk, tracking_number=number, actor=world["counter"], at=MONDAY)


def returned(world: World, dossier: Dossier) -> OutgoingItem:
    sent = posted(world, dossier)
    return outgoing.say_returned(sent.pk, why="không có người nhận", actor=world["counter"], at=LATER)


def told(dossier: Dossier, word: str) -> bool:
    return Message.objects.filter(dossier_id=dossier.pk, channel="sms", body__contains=word).exists()


@pytest.mark.requirement("R-118", "R-119")
def test_an_item_has_a_number_and_the_applicant_follows_it_by_the_carriers(world: World, dossier: Dossier) -> None:
    first, second = prepared(world, dossier), prepared(world, dossier)
    assert first.number.startswith("BG26") and first.number != second.number
    sent = outgoing.hand_to_post(first.pk, tracking_number="ee 123 456 789 vn", actor=world["counter"], at=MONDAY)
    assert (sent.state, sent.tracking_number, sent.posted_at) == (OutgoingState.POSTED, "EE123456789VN", MONDAY)
    assert dossier.events.get(kind="post_sent").facts["tracking"] == "EE123456789VN"
    assert told(dossier, "EE123456789VN")
    with pytest.raises(Conflict, match="bưu gửi khác"):
        outgoing.hand_to_post(second.pk, tracking_number="EE123456789VN", actor=world["counter"], at=MONDAY)
    with pytest.raises(Invalid):
        outgoing.hand_to_post(second.pk, tracking_number="12", actor=world["counter"], at=MONDAY)
    outgoing.drop(second.pk, actor=world["counter"], at=MONDAY)
    assert [one.pk for one in items_of(dossier)] == [first.pk]


@pytest.mark.requirement("R-118")
def test_the_label_names_the_receiver_and_its_bar_codes_are_read_by_a_machine(world: World, dossier: Dossier) -> None:
    sent = posted(world, dossier)
    pdf = labels([sent, prepared(world, dossier)], at=MONDAY)
    text = text_of(pdf)
    for words in ("BHXH cơ sở Hàm Rồng", "Trần Thị Mai Lan", "5 đường Bờ Sông", "Kết quả giải quyết"):
        assert words in text
    assert "12/QĐ-BHXH" not in text  # what was decided is nobody else's
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 2
    read = zxingcpp.read_barcodes(document[0].render(scale=4).to_pil())
    assert {one.text for one in read} == {sent.number, "EE123456789VN"}


@pytest.mark.parametrize(
    "change",
    [{"what": " "}, {"contents": "x"}, {"to": Receiver("", "", LAN.address)}, {"to": Receiver("Lan", "", "x")}],
)
def test_what_and_where_must_be_said(world: World, dossier: Dossier, change: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        prepared(world, dossier, **change)


def test_it_is_the_counters_work_at_the_own_office(world: World, dossier: Dossier) -> None:
    with pytest.raises(NotAllowed):
        prepared(world, dossier, actor=world["specialist"])
    with pytest.raises(NotAllowed):
        prepared(world, dossier, office_code=OTHER_OFFICE)
    made = prepared(world, dossier)
    with pytest.raises(NotFound):
        outgoing.hand_to_post(made.pk, tracking_number="EE123456789VN", actor=world["other_counter"], at=MONDAY)


@pytest.mark.requirement("R-118")
def test_of_returned_mail_the_applicant_is_told_and_asked_and_it_goes_again(world: World, dossier: Dossier) -> None:
    back = returned(world, dossier)
    assert waits_for_answer(back) and told(dossier, "hoan ve")
    with pytest.raises(Invalid):
        answer_return(dossier.pk, back.pk, answer="send", address="", actor=world.citizen, at=LATER)
    answered = answer_return(
        dossier.pk, back.pk, answer="send", address="9 đường Núi, phường Cửa Lò", actor=world.citizen, at=LATER
    )
    assert (answered.answer, answered.new_address) == ("send", "9 đường Núi, phường Cửa Lò")
    assert not waits_for_answer(answered)
    to = Receiver(back.recipient, back.phone, answered.new_address)
    again = outgoing.send_again(back.pk, to=to, actor=world["counter"], at=LATER)
    back.refresh_from_db()
    assert (back.state, again.again_of, again.address) == (OutgoingState.SENT_AGAIN, back, "9 đường Núi, phường Cửa Lò")
    with pytest.raises(Conflict):
        outgoing.send_again(back.pk, to=LAN, actor=world["counter"], at=LATER)


def test_returned_mail_waits_at_the_counter_for_who_is_compared(world: World, dossier: Dossier) -> None:
    back = returned(world, dossier)
    answer_return(dossier.pk, back.pk, answer="counter", address="", actor=world.citizen, at=LATER)
    outgoing.keep(back.pk, actor=world["counter"], at=LATER)
    assert told(dossier, "giu tai quay")
    with pytest.raises(Invalid):
        outgoing.give_out(back.pk, taken_by="Lan", identity_checked=False, actor=world["counter"], at=LATER)
    given = outgoing.give_out(
        back.pk, taken_by="Trần Thị Mai Lan", identity_checked=True, actor=world["counter"], at=LATER
    )
    assert (given.state, given.collected_by) == (OutgoingState.COLLECTED, "Trần Thị Mai Lan")


def test_only_the_applicant_answers_and_only_of_what_came_back(world: World, dossier: Dossier) -> None:
    sent = posted(world, dossier)
    with pytest.raises(Conflict):
        answer_return(dossier.pk, sent.pk, answer="counter", address="", actor=world.citizen, at=LATER)
    stranger = type(world.citizen)(world["head"].account_id, sent.pk, "Người khác")
    with pytest.raises(NotFound):
        answer_return(dossier.pk, sent.pk, answer="counter", address="", actor=stranger, at=LATER)


def test_the_carriers_file_says_what_became_of_each_once(world: World, dossier: Dossier) -> None:
    one, two, three = (posted(world, dossier, f"EE00000000{n}VN") for n in (1, 2, 3))
    content = (
        "\ufeffSố hiệu;Trạng thái;Thời điểm;Lý do\n"
        "EE000000001VN;Phát thành công;11/11/2026 14:30;\n"
        "EE000000002VN;Chuyển hoàn;12/11/2026;không có người nhận\n"
        "EE000000003VN;Đang phát;11/11/2026;\n"
        "EE999999999VN;Phát thành công;11/11/2026;\n"
        "EE000000003VN;Chuyển hoàn;11/11/2026;\n"
        "EE000000003VN;Phát thành công;01/11/2026;\n"
        "EE000000003VN;Phát thành công;30/12/2026;\n"
    ).encode()
    rows = carrier.read(content)
    found = carrier.apply(rows, actor=world["counter"], at=LATER)
    assert [row.result for row in found] == ["applied", "applied", "ignored", "unknown", "wrong", "wrong", "wrong"]
    for item in (one, two, three):
        item.refresh_from_db()
    assert [item.state for item in (one, two, three)] == ["delivered", "returned", "posted"]
    assert one.delivered_at is not None and one.delivered_at.isoformat().startswith("2026-11-11T07:30")
    assert two.return_reason == "không có người nhận" and told(dossier, "EE000000002VN")
    again = carrier.apply(rows[:2], actor=world["counter"], at=LATER)
    assert [row.result for row in again] == ["already", "already"]
    assert dossier.events.filter(kind="post_returned").count() == 1
    foreign = carrier.apply(rows[:1], actor=world["other_counter"], at=LATER)
    assert [row.result for row in foreign] == ["unknown"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "carrier-file-empty"), (b"\xff\xfe", "carrier-file-text"), (b"a,b\n1,2\n", "carrier-columns"),
        ("so_hieu,trang_thai,thoi_diem\nEE1,bay mất,11/11/2026\n".encode(), "carrier-state"),
        (b"x" * (carrier.LARGEST + 1), "carrier-file-size"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_file_that_is_not_understood_changes_nothing_and_says_why(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        carrier.read(content)
    assert refused.value.code == code


def test_the_database_keeps_the_way_of_an_item(world: World, dossier: Dossier) -> None:
    sent = posted(world, dossier)
    for wrong in (
        {"state": "prepared", "tracking_number": "", "posted_at": None}, {"address": "nơi khác"},
        {"state": "returned"}, {"state": "kept"}, {"tracking_number": "x"}, {"answer": "send"},
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            OutgoingItem.objects.filter(pk=sent.pk).update(**wrong)
    with pytest.raises(DatabaseError), transaction.atomic():
        OutgoingItem.objects.filter(pk=sent.pk).delete()
    back = outgoing.say_returned(sent.pk, why="sai địa chỉ", actor=world["counter"], at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        OutgoingItem.objects.filter(pk=back.pk).update(state="delivered", delivered_at=LATER)

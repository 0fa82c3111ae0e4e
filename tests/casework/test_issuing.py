"""Cards and books on paper: ordered with the grant, printed on counted blanks, handed over or posted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from ansinh.casework.issuing.act import hand_over, mark_printed, prepare_post, spoil_blank, spoil_printed
from ansinh.casework.issuing.queries import blanks_of_month, items_of
from ansinh.casework.issuing.sheet import print_sheet
from ansinh.casework.models import Blank, IssueItem, IssueState
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Account, Role
from ansinh.people.queries import officer
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.post.outgoing import Receiver, drop, hand_to_post
from tests.casework.effects.scene import a_procedure, field, granted
from tests.casework.letters import text_of
from tests.casework.moves import MONDAY
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, SI_NUMBER, World, an_officer

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)
LAN = Receiver("Trần Thị Mai Lan", "", "5 đường Bờ Sông, phường Hàm Rồng")


def given_on(world: World, channel: str = "in_person") -> Dossier:
    """A grant that gives a card and a book."""
    a_procedure(
        {"key": "card", "does": "card_issued", "with": {
            "reason": {"value": "hộ gia đình"}, "group": {"value": "GD4"}, "from": {"value": "2026-12-01"},
            "to": {"value": "2027-11-30"}, "facility": {"value": "Trạm y tế Bờ Sông"}}},
        {"key": "book", "does": "book_issued", "with": {"reason": {"value": "lần đầu"}}},
        fields=[field("result_channel", "text")],
    )  # fmt: skip
    return granted(world, result_channel=channel)


def printer(office: str = LOCAL_OFFICE) -> OfficerActor:
    login = f"in-{office}"
    held = Account.objects.filter(login=f"can-bo-{login}").first()
    found = officer(held, on=MONDAY.date()) if held else None
    return found or an_officer(login, "Đinh Thị Hải Yến", "Chuyên viên sổ thẻ", ((office, Role.CARD),))


def items(kind: str = "") -> list[IssueItem]:
    rows = IssueItem.objects.filter(kind=kind) if kind else IssueItem.objects.all()
    return list(rows.order_by("kind"))


def printed(kind: str = "card", serial: str = "AB0001234") -> IssueItem:
    [one] = mark_printed([items(kind)[0].pk], first_serial=serial, actor=printer(), at=MONDAY)
    return one


def test_a_grant_orders_what_it_gives_on_paper(world: World) -> None:
    dossier = given_on(world, "post")
    found = items()
    assert [(one.kind, one.state, one.by_post) for one in found] == [
        ("book", IssueState.TO_PRINT, True), ("card", IssueState.TO_PRINT, True),
    ]  # fmt: skip
    assert {(one.si_number, one.office_code, one.dossier) for one in found} == {(SI_NUMBER, LOCAL_OFFICE, dossier)}
    assert list(items_of(viewer=printer())) == list(IssueItem.objects.all())


def test_whoever_takes_the_result_electronically_gets_nothing_printed(world: World) -> None:
    given_on(world, "electronic")
    assert not items()


def test_the_print_file_has_a_page_for_each_with_what_stands_on_it(world: World) -> None:
    given_on(world)
    text = text_of(print_sheet(items(), at=MONDAY))
    for words in ("Thẻ bảo hiểm y tế", f"GD490{SI_NUMBER}", "30/11/2027", "Trạm y tế Bờ Sông", "Sổ bảo hiểm xã hội"):
        assert words in text


def test_printing_uses_blanks_one_after_another_and_tells_the_applicant(world: World) -> None:
    dossier = given_on(world)
    one = printed()
    assert (one.state, one.serial, one.printed_at) == (IssueState.PRINTED, "AB0001234", MONDAY)
    event = dossier.events.get(kind="paper_printed")
    assert (event.public, event.facts["cards"], event.facts["books"]) == (True, 1, 0)
    [card, book] = blanks_of_month(MONDAY.date(), viewer=printer())
    assert ((card.used, card.spoiled), (book.used, book.spoiled)) == ((1, 0), (0, 0))


def test_serials_follow_one_another_with_their_width(world: World) -> None:
    given_on(world)
    other = items("card")[0]
    IssueItem.objects.filter(kind="book").update(kind="card")
    done = mark_printed([one.pk for one in items("card")], first_serial="ab 000.0099", actor=printer(), at=MONDAY)
    assert [one.serial for one in done] == ["AB0000099", "AB0000100"]
    assert other.pk in {one.pk for one in done}


@pytest.mark.parametrize(
    ("first", "code"), [("", "serial-form"), ("12", "serial-form"), ("AB-x", "serial-form"), ("9999", "serial-end")]
)
def test_a_serial_that_is_none_or_runs_out_is_refused(world: World, first: str, code: str) -> None:
    given_on(world)
    IssueItem.objects.filter(kind="book").update(kind="card")
    with pytest.raises(Invalid) as refused:
        mark_printed([one.pk for one in items()], first_serial=first, actor=printer(), at=MONDAY)
    assert refused.value.code == code


def test_cards_and_books_are_printed_apart_and_something_must_be_chosen(world: World) -> None:
    given_on(world)
    for chosen, code in (([one.pk for one in items()], "print-one-kind"), ([], "issue-none-chosen")):
        with pytest.raises(Invalid) as refused:
            mark_printed(chosen, first_serial="0001234", actor=printer(), at=MONDAY)
        assert refused.value.code == code


def test_a_blank_is_used_once_and_an_item_printed_once(world: World) -> None:
    given_on(world)
    one = printed()
    with pytest.raises(Conflict) as refused:
        mark_printed([one.pk], first_serial="AB0001299", actor=printer(), at=MONDAY)
    assert refused.value.code == "issue-wrong-state"
    IssueItem.objects.filter(kind="book").update(kind="card")
    waiting = IssueItem.objects.get(state=IssueState.TO_PRINT)
    with pytest.raises(Conflict) as used:
        mark_printed([waiting.pk], first_serial="AB0001234", actor=printer(), at=MONDAY)
    assert used.value.code == "blank-used"


def test_a_spoiled_blank_is_counted_and_the_card_printed_again(world: World) -> None:
    given_on(world)
    one = spoil_printed(printed().pk, why="lem mực", actor=printer(), at=LATER)
    assert (one.state, one.serial) == (IssueState.TO_PRINT, "")
    again = printed(serial="AB0001235")
    [card, _] = blanks_of_month(MONDAY.date(), viewer=printer())
    assert (again.serial, card.used, card.spoiled) == ("AB0001235", 1, 1)
    spoil_blank("book", "S0001", office_code=LOCAL_OFFICE, why="rách", actor=printer(), at=MONDAY)
    with pytest.raises(Invalid, match="vì sao hỏng"):
        spoil_blank("book", "S0002", office_code=LOCAL_OFFICE, why=" ", actor=printer(), at=MONDAY)
    assert Blank.objects.get(serial="S0001").item is None


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ({"taken_by": " "}, "taker-missing"),
        ({"identity_checked": False}, "taker-identity"),
        ({"signed_for": False}, "taker-signature"),
    ],
)
def test_nothing_is_handed_over_unchecked(world: World, missing: dict[str, Any], code: str) -> None:
    given_on(world)
    one = printed()
    facts = {"taken_by": "Trần Thị Mai Lan", "identity_checked": True, "signed_for": True, **missing}
    with pytest.raises(Invalid) as refused:
        hand_over([one.pk], actor=world["counter"], at=LATER, **facts)
    assert refused.value.code == code


def test_the_counter_hands_over_and_the_dossier_says_to_whom(world: World) -> None:
    dossier = given_on(world)
    [one] = hand_over(
        [printed().pk], taken_by="Trần  Thị Mai Lan", identity_checked=True, signed_for=True, actor=world["counter"],
        at=LATER,
    )  # fmt: skip
    assert (one.state, one.taken_by, one.done_at) == (IssueState.HANDED_OVER, "Trần Thị Mai Lan", LATER)
    assert dossier.events.get(kind="paper_handed_over").facts["name"] == "Trần Thị Mai Lan"
    with pytest.raises(Conflict):
        spoil_printed(one.pk, why="x", actor=printer(), at=LATER)


def test_the_post_gets_it_in_an_item_with_a_label_and_a_tracking_number(world: World) -> None:
    dossier = given_on(world, "post")
    one = printed("book", "S0001234")
    made = prepare_post([one.pk], to=LAN, actor=printer(), at=LATER)
    one.refresh_from_db()
    assert (one.state, one.postal, made.contents) == (IssueState.PRINTED, made, "card_book")
    assert "S0001234" in made.what and made.dossier == dossier
    with pytest.raises(Conflict, match="bưu gửi chờ giao"):
        hand_over([one.pk], taken_by="Lan", identity_checked=True, signed_for=True, actor=printer(), at=LATER)
    with pytest.raises(Conflict):
        prepare_post([one.pk], to=LAN, actor=printer(), at=LATER)
    hand_to_post(made.pk, tracking_number="ee 123 456 789 vn", actor=printer(), at=LATER)
    one.refresh_from_db()
    assert (one.state, one.done_at, one.done_by_id) == (IssueState.POSTED, LATER, printer().officer_id)
    assert dossier.events.get(kind="post_sent").facts["tracking"] == "EE123456789VN"


def test_what_is_not_posted_after_all_can_be_handed_over(world: World) -> None:
    given_on(world, "post")
    one = printed("card")
    drop(prepare_post([one.pk], to=LAN, actor=printer(), at=LATER).pk, actor=printer(), at=LATER)
    one.refresh_from_db()
    assert (one.state, one.postal) == (IssueState.PRINTED, None)
    [given] = hand_over([one.pk], taken_by="Lan", identity_checked=True, signed_for=True, actor=printer(), at=LATER)
    assert given.state == IssueState.HANDED_OVER


def test_it_is_the_work_of_that_office_and_of_card_officers(world: World) -> None:
    given_on(world)
    chosen = [items("card")[0].pk]
    with pytest.raises(Conflict):
        mark_printed(chosen, first_serial="AB0001234", actor=printer(OTHER_OFFICE), at=MONDAY)
    with pytest.raises(NotAllowed):
        mark_printed(chosen, first_serial="AB0001234", actor=world["counter"], at=MONDAY)
    with pytest.raises(NotAllowed):
        items_of(viewer=world["specialist"])


def test_the_database_keeps_blanks_and_what_was_given_out(world: World) -> None:
    given_on(world)
    printed()
    with pytest.raises(DatabaseError), transaction.atomic():
        Blank.objects.update(serial="AB0009999")
    with pytest.raises(DatabaseError), transaction.atomic():
        Blank.objects.all().delete()
    for wrong in ({"state": "handed_over"}, {"state": "posted"}, {"state": "to_print"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IssueItem.objects.filter(kind="card").update(**wrong)

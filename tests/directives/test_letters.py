"""Letters: drafts without number, numbers without gaps, capacity of the day, and nothing changes once issued."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Barrier
from time import sleep

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from ansinh.directives import draft, files
from ansinh.directives.access import the_letter
from ansinh.directives.issue import issue
from ansinh.directives.letter_pdf import copies, draft_pdf
from ansinh.directives.models import Attachment, Letter, Recipient
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound, NotNow
from ansinh.platform.queue.runner import drain
from ansinh.signing.check import check_pdf
from tests.directives.conftest import RECIPIENTS, a_file, a_letter, an_issued_letter, wanted
from tests.documents.pages import words
from tests.threads import together
from tests.web.officer.conftest import NOW
from tests.world import PROVINCE_OFFICE, World, a_world


@pytest.mark.requirement("R-182")
def test_a_draft_has_neither_number_nor_day(world: World) -> None:
    letter = a_letter(world)
    assert (letter.state, letter.number, letter.issued_on, letter.full_number) == ("draft", None, None, "")
    text = words(draft_pdf(letter, at=NOW))
    assert "/BHXH-CNTT" in text and "09 tháng 11" not in text and "DỰ THẢO" in text
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(number=1)


@pytest.mark.requirement("R-148", "R-181", "R-182")
def test_on_issue_it_gets_number_day_and_the_capacity_of_that_day(world: World) -> None:
    letter = an_issued_letter(world)
    assert letter.full_number == "1/BHXH-CNTT" and letter.issued_on == NOW.date()
    assert (letter.capacity, letter.signer_title) == ("KT. GIÁM ĐỐC", "Phó Giám đốc")


@pytest.mark.requirement("R-182")
def test_numbers_follow_each_other_by_symbol_and_year_without_a_gap(world: World) -> None:
    first, second = an_issued_letter(world), an_issued_letter(world)
    other = an_issued_letter(world, symbol="BHXH-VP")
    with pytest.raises(RuntimeError), transaction.atomic():
        an_issued_letter(world)
        raise RuntimeError("something later in the same transaction failed")
    third = an_issued_letter(world)
    assert [one.number for one in (first, second, other, third)] == [1, 2, 1, 3]
    waiting = a_letter(world)
    next_year = NOW + timedelta(days=60)
    assert issue(waiting.pk, actor=world["province_leader"], at=next_year).number == 1


@pytest.mark.requirement("R-181")
def test_who_holds_no_capacity_that_day_signs_nothing(world: World) -> None:
    letter = a_letter(world)
    with pytest.raises(NotAllowed) as refused:
        issue(letter.pk, actor=world["director"], at=NOW)
    assert refused.value.code == "not-the-signatory"
    letter = a_letter(world, signer="province_counter")
    with pytest.raises(NotAllowed) as refused:
        issue(letter.pk, actor=world["province_counter"], at=NOW)
    assert refused.value.code == "no-capacity-today"
    letter.refresh_from_db()
    assert letter.state == "draft"


def test_an_issued_letter_is_never_changed_even_by_sql(world: World) -> None:
    letter = an_issued_letter(world, files=1)
    for change in ({"summary": "khác"}, {"number": 9}, {"state": "draft"}, {"capacity": ""}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**change)
    for refused in (
        lambda: Letter.objects.filter(pk=letter.pk).delete(),
        lambda: Recipient.objects.filter(letter=letter).update(name="khác"),
        lambda: Recipient.objects.filter(letter=letter).first().delete(),  # type: ignore[union-attr]
        lambda: Recipient.objects.create(letter=letter, place=99, name="khác", purpose="know"),
        lambda: Attachment.objects.filter(letter=letter).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()
    with pytest.raises(Conflict):
        draft.change(letter.pk, wanted(world), actor=world["director"], at=NOW)
    with pytest.raises(Conflict):
        issue(letter.pk, actor=world["province_leader"], at=NOW)


@pytest.mark.django_db(transaction=True)
def test_letters_issued_at_once_get_numbers_without_gap_or_repetition() -> None:
    world = a_world()
    letters = [a_letter(world) for _ in range(8)]
    issued = together(
        lambda letter: issue(letter.pk, actor=world["province_leader"], at=NOW).number, letters, threads=4
    )
    assert sorted(number for number in issued if number) == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_nothing_is_put_with_a_letter_that_is_just_being_issued() -> None:
    world = a_world()
    letter, holds = a_letter(world), Barrier(2, timeout=10)

    def act(turn: str) -> str:
        if turn == "issue":
            with transaction.atomic():
                issue(letter.pk, actor=world["province_leader"], at=NOW)
                holds.wait()
                sleep(0.3)  # the other statement is on its way and waits for this one
            return "issued"
        holds.wait()
        try:
            Recipient.objects.create(letter_id=letter.pk, place=99, name="khác", purpose="know")
        except DatabaseError:
            return "refused"
        return "put"

    assert together(act, ["issue", "put"], threads=2) == ["issued", "refused"]
    assert not Recipient.objects.filter(letter=letter, place=99).exists()


@pytest.mark.requirement("R-148", "R-155", "R-183")
def test_the_signed_pdf_prints_it_all_and_names_the_purposes(world: World, keys: None) -> None:
    letter = an_issued_letter(world, files=1)
    with pytest.raises(NotNow):
        files.pdf_of(letter)
    drain(NOW)
    letter.refresh_from_db()
    with files.pdf_of(letter) as signed:
        pdf = signed.read()
    text = " ".join(words(pdf).split())
    for expected in (
        "Số: 1/BHXH-CNTT", "V/v tăng cường giao dịch điện tử", "ngày 09 tháng 11 năm 2026", "Kính gửi:",
        "mau-2-cbh-0.jpg",
        "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lưu Thị Kim",
    ):  # fmt: skip
        assert expected in text, expected
    assert copies(letter) == [
        "Như trên;", "UBND tỉnh (để b/c);", "Bưu điện tỉnh;", "Đăng trang Web của BHXH tỉnh;", "Lưu: VT, CNTT.",
    ]  # fmt: skip
    assert check_pdf(pdf, at=NOW).valid
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(pdf_sha256="0" * 64)


@pytest.mark.requirement("R-155", "R-179")
def test_files_go_on_unchanged_or_not_at_all(world: World) -> None:
    given = a_file().read()
    letter = an_issued_letter(world, files=1)
    attached = letter.attachments.get()
    with files.attached_file(letter, attached.pk)[1] as kept:
        assert kept.read() == given
    stored = next(Path(settings.FILES_DIR).rglob(attached.sha256))
    stored.chmod(0o600)
    stored.write_bytes(given[:-1] + b"x")
    with pytest.raises(Conflict) as refused:
        files.attached_file(letter, attached.pk)
    assert refused.value.code == "file-changed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"symbol": "bhxh cntt"}, "letter-symbol"), ({"summary": ""}, "letter-summary"), ({"body": " "}, "letter-body"),
        ({"signer_id": None}, "letter-signer"), ({"recipients": (("UBND tỉnh", "report"),)}, "letter-needs-addressee"),
        ({"recipients": (*RECIPIENTS, ("x", "laugh"))}, "letter-recipients"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(world: World, change: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        a_letter(world, **change)
    assert refused.value.code == code


def test_drafts_are_seen_where_they_are_drafted_and_letters_at_the_office(world: World) -> None:
    letter = a_letter(world)
    for name in ("province_counter", "leader", "counter"):
        with pytest.raises(NotFound):
            the_letter(letter.pk, viewer=world[name])
    with pytest.raises(NotAllowed):
        draft.begin(wanted(world), office_code=PROVINCE_OFFICE, actor=world["province_counter"], at=NOW)
    issued = an_issued_letter(world)
    assert the_letter(issued.pk, viewer=world["province_counter"]) == issued
    with pytest.raises(NotFound):
        the_letter(issued.pk, viewer=world["leader"])
    draft.drop(letter.pk, actor=world["director"])
    with pytest.raises(Conflict):
        issue(letter.pk, actor=world["province_leader"], at=NOW)

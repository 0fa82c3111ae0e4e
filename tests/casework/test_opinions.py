"""Opinions: a colleague answers in an own queue, another agency's letter is entered, both are reminded of the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.ledger import intervals
from ansinh.casework.models import Holder, Holding, Opinion, OpinionState
from ansinh.casework.opinions.ask import Asked, Letter, answer, ask, count_asked, enter_answer, to_give, withdraw
from ansinh.casework.opinions.elsewhere import questions_from_elsewhere
from ansinh.casework.opinions.remind import remind_opinions
from ansinh.casework.propose import propose_grant, send_back
from ansinh.casework.reading import to_look_at, why_looks
from ansinh.dossiers.models import Dossier
from ansinh.files.models import StoredFile
from ansinh.notifications.models import Notice
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import Ground
from ansinh.people.views_of import view_of_officer
from ansinh.platform.errors import Conflict, DomainError, NotAllowed, NotFound
from tests.casework.moves import a_dossier_in_appraisal
from tests.walls_of import application_role, seen_as
from tests.world import OTHER_OFFICE, World, a_moment, a_paper, a_submitted_dossier

TUESDAY, WEDNESDAY, FRIDAY, SATURDAY = (a_moment(date(2026, 11, day)) for day in (10, 11, 13, 14))
WANTED = date(2026, 11, 13)
QUESTION = "Quá trình đóng năm 2015 có khớp sổ gốc không?"
POLICE = "Công an phường Nam Đông Hà"


def _asked(world: World, dossier: Dossier, **other: Any) -> Opinion:
    facts = {"question": QUESTION, "wanted_by": WANTED, "to_officer": world["collector"].officer_id, **other}
    return ask(dossier.pk, actor=world["specialist"], asked=Asked(**facts), at=TUESDAY)


def _outside(world: World, dossier: Dossier) -> Opinion:
    return _asked(world, dossier, to_officer=None, agency=POLICE)


def _scan(world: World) -> StoredFile:
    return a_paper(world.citizen, kind="portrait", seed=3).file


def _held(dossier: Dossier) -> list[tuple[str, str]]:
    return list(Holding.objects.filter(dossier=dossier).order_by("id").values_list("holder", "agency"))


def test_a_colleague_finds_the_question_in_the_own_queue_and_answers(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    before = _held(dossier)
    opinion = _asked(world, dossier)
    assert [one.pk for one in to_give(world["collector"])] == [opinion.pk]
    assert not to_give(world["head"]).exists()
    account = world["collector"].account_id
    notice = Notice.objects.get(account_id=account, code="opinion_asked")
    assert dossier.number in notice.title_vi
    assert dossier.applicant_name not in notice.body_vi
    answer(opinion.pk, actor=world["collector"], words="Khớp với sổ gốc lưu tại kho.", at=WEDNESDAY)
    assert not to_give(world["collector"]).exists()
    assert Notice.objects.filter(account_id=world["specialist"].account_id, code="opinion_given").exists()
    assert _held(dossier) == before  # the office's own minutes


def test_a_second_press_asks_nobody_again(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    first = _asked(world, dossier)
    told, events = Notice.objects.count(), dossier.events.count()
    assert _asked(world, dossier).pk == first.pk
    assert (Notice.objects.count(), dossier.events.count()) == (told, events)
    withdraw(first.pk, actor=world["specialist"], at=TUESDAY)
    again = _asked(world, dossier)  # what does not wait any more is asked anew
    assert again.pk != first.pk
    _outside(world, dossier)
    with pytest.raises(Conflict):
        _outside(world, dossier)
    assert Opinion.objects.filter(agency=POLICE).count() == 1


def test_a_late_letter_of_an_earlier_agency_takes_nothing_from_the_one_asked_now(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    police = _outside(world, dossier)
    propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=TUESDAY)
    send_back(dossier.pk, actor=world["head"], note="Hỏi thêm bệnh viện.", at=TUESDAY)
    _asked(world, dossier, to_officer=None, agency="Bệnh viện tỉnh")
    letter = Letter("12/CAP", WANTED, _scan(world), "thu.jpg")
    enter_answer(police.pk, actor=world["specialist"], words="Đã xác minh đúng người.", letter=letter, at=FRIDAY)
    assert _held(dossier)[-1] == (Holder.AGENCY, "Bệnh viện tỉnh")


def test_another_agency_holds_the_dossier_until_its_letter_is_entered_and_the_clock_runs_on(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    due = Dossier.objects.get(pk=dossier.pk).due_on
    opinion = _outside(world, dossier)
    assert _held(dossier)[-1] == (Holder.AGENCY, POLICE)
    enter_answer(
        opinion.pk, actor=world["specialist"], words="Người này cư trú từ năm 2012.",
        letter=Letter("45/CAP", date(2026, 11, 12), _scan(world), "tra-loi.png"), at=FRIDAY,
    )  # fmt: skip
    assert _held(dossier)[-1] == (Holder.OFFICE, "")
    dossier.refresh_from_db()
    assert dossier.due_on == due
    spans = intervals(dossier, now=FRIDAY, calendar=work_calendar())
    assert [span.agency for span in spans if span.owner == Holder.AGENCY] == [POLICE]
    assert all(one.end == two.begin for one, two in pairwise(spans))
    opinion.refresh_from_db()
    assert (opinion.state, opinion.document_number) == (OpinionState.ANSWERED, "45/CAP")


def test_the_letter_of_another_agency_is_needed(world: World) -> None:
    opinion = _outside(world, a_dossier_in_appraisal(world))
    for letter in (Letter("", WANTED, None), Letter("45/CAP", None, None), Letter("45/CAP", date(2026, 11, 12), None)):
        with pytest.raises(DomainError) as refused:
            enter_answer(opinion.pk, actor=world["specialist"], words="Đã cư trú.", letter=letter, at=FRIDAY)
        assert refused.value.code in {"opinion-needs-letter", "opinion-empty"}


def test_while_another_agency_has_it_no_second_one_is_asked(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    _outside(world, dossier)
    with pytest.raises(Conflict):
        _outside(world, dossier)


def test_the_next_step_takes_the_dossier_back_and_the_question_stands(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    opinion = _outside(world, dossier)
    propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=WEDNESDAY)
    assert _held(dossier)[-1][0] == Holder.OFFICE
    opinion.refresh_from_db()
    assert opinion.state == OpinionState.ASKED


def test_asking_no_more_brings_the_dossier_back(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    withdraw(_outside(world, dossier).pk, actor=world["specialist"], at=WEDNESDAY)
    assert _held(dossier)[-1] == (Holder.OFFICE, "")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"question": "Sao?"}, "opinion-question"),
        ({"wanted_by": None}, "opinion-day"),
        ({"wanted_by": date(2026, 11, 9)}, "opinion-day"),
        ({"to_officer": None}, "opinion-of-whom"),
        ({"agency": POLICE}, "opinion-of-whom"),
    ],
)
def test_a_question_without_words_day_or_reader_is_refused(world: World, fault: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        _asked(world, a_dossier_in_appraisal(world), **fault)
    assert refused.value.code == code


def test_only_who_is_asked_answers_and_only_whose_step_it_is_asks(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    opinion = _asked(world, dossier)
    with pytest.raises(NotAllowed):
        answer(opinion.pk, actor=world["head"], words="Đúng như sổ gốc.", at=WEDNESDAY)
    with pytest.raises(NotFound):
        answer(opinion.pk, actor=world["other_specialist"], words="Đúng như sổ gốc.", at=WEDNESDAY)
    with pytest.raises(NotAllowed):
        ask(dossier.pk, actor=world["head"], asked=Asked(QUESTION, WANTED, world["collector"].officer_id), at=TUESDAY)


def test_who_owes_it_is_reminded_once_before_and_once_after_the_day(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    _asked(world, dossier)
    _outside(world, dossier)
    assert remind_opinions(at=TUESDAY) == 0
    assert remind_opinions(at=WEDNESDAY) == 2
    assert remind_opinions(at=FRIDAY) == 0
    assert remind_opinions(at=SATURDAY) == 2
    assert remind_opinions(at=SATURDAY) == 0
    told = Notice.objects.filter(code__in=("opinion_near", "opinion_late")).values_list("account_id", "code")
    expected = {world["collector"].account_id, world["specialist"].account_id}  # outside: whoever asked
    assert {account for account, _ in told} == expected
    assert len(told) == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE casework_opinion SET question = 'x'",
        "UPDATE casework_opinion SET answer = 'x'",
        "DELETE FROM casework_opinion",
    ],
)
def test_the_database_keeps_question_and_answer(world: World, statement: str) -> None:
    opinion = _asked(world, a_dossier_in_appraisal(world))
    answer(opinion.pk, actor=world["collector"], words="Khớp với sổ gốc.", at=WEDNESDAY)
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Opinion.objects.get().answer == "Khớp với sổ gốc."


def _asked_elsewhere(world: World, dossier: Dossier) -> Opinion:
    """The specialist of another local office, until Friday."""
    return _asked(world, dossier, to_officer=world["other_specialist"].officer_id, to_office=OTHER_OFFICE)


def _sees(reader: OfficerActor, dossier: Dossier, *, at: Any) -> bool:
    """Whether the pages open this dossier for the officer, with the database looking at every row."""
    with seen_as(view_of_officer(reader)):
        try:
            to_look_at(dossier.pk, reader=reader, at=at)
        except NotFound:
            return False
        return dossier.papers.exists() and dossier.events.exists()


def test_a_colleague_of_another_office_reads_that_one_dossier_and_answers(world: World) -> None:
    dossier, asked = a_dossier_in_appraisal(world), world["other_specialist"]
    other = a_submitted_dossier(world)
    assert not _sees(asked, dossier, at=TUESDAY)
    opinion = _asked_elsewhere(world, dossier)
    assert _sees(asked, dossier, at=WEDNESDAY) and _sees(asked, dossier, at=FRIDAY)
    assert not _sees(asked, other, at=WEDNESDAY)
    assert not _sees(world["other_counter"], dossier, at=WEDNESDAY)
    with seen_as(view_of_officer(asked)):
        to_look_at(dossier.pk, reader=asked, at=WEDNESDAY)
        assert set(Dossier.objects.values_list("pk", flat=True)) == {dossier.pk}  # no other row by the same key
        why = why_looks(dossier, reader=asked, at=WEDNESDAY)
        assert why is not None and why.ground == Ground.CASE and why.office_code == OTHER_OFFICE
        answer(opinion.pk, actor=asked, words="Khớp với sổ gốc lưu tại cơ quan tôi.", at=WEDNESDAY)
    assert not _sees(asked, dossier, at=WEDNESDAY)  # ends with the answer
    assert Notice.objects.filter(account_id=world["specialist"].account_id, code="opinion_given").exists()


def test_the_right_to_read_ends_with_the_day_a_withdrawal_a_hand_over_and_the_post(world: World) -> None:
    dossier, asked = a_dossier_in_appraisal(world), world["other_specialist"]
    opinion = _asked_elsewhere(world, dossier)
    assert not _sees(asked, dossier, at=SATURDAY)
    with pytest.raises(NotFound):
        answer(opinion.pk, actor=asked, words="Khớp với sổ gốc.", at=SATURDAY)
    withdraw(opinion.pk, actor=world["specialist"], at=WEDNESDAY)
    assert not _sees(asked, dossier, at=WEDNESDAY)
    _asked_elsewhere(world, dossier)
    assert _sees(asked, dossier, at=WEDNESDAY)
    moved = OfficerActor(asked.officer_id, asked.account_id, asked.name, asked.title_vi, ())
    assert not _sees(moved, dossier, at=WEDNESDAY)
    Dossier.objects.filter(pk=dossier.pk).update(office_code="90000", last_event_at=WEDNESDAY)
    assert not _sees(asked, dossier, at=WEDNESDAY)


def test_from_elsewhere_nothing_is_done_but_answered(world: World) -> None:
    dossier, asked = a_dossier_in_appraisal(world), world["other_specialist"]
    opinion = _asked_elsewhere(world, dossier)
    with pytest.raises(NotFound):
        propose_grant(dossier.pk, actor=asked, amount=None, override_reason="", note="", at=WEDNESDAY)
    acts: tuple[Callable[[], object], ...] = (
        lambda: withdraw(opinion.pk, actor=asked, at=WEDNESDAY),
        lambda: answer(opinion.pk, actor=world["other_counter"], words="Khớp với sổ gốc.", at=WEDNESDAY),
        lambda: ask(dossier.pk, actor=asked, asked=Asked(QUESTION, WANTED, asked.officer_id), at=WEDNESDAY),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()
    with pytest.raises(DomainError) as refused:  # somebody who does not work there
        _asked(world, dossier, to_officer=world["collector"].officer_id, to_office=OTHER_OFFICE)
    assert refused.value.code == "opinion-of-whom"


def test_the_queue_from_elsewhere_names_no_person_and_a_late_one_goes_back_to_who_asked(world: World) -> None:
    dossier, asked = a_dossier_in_appraisal(world), world["other_specialist"]
    opinion = _asked_elsewhere(world, dossier)
    with seen_as(view_of_officer(asked)):
        (one,) = questions_from_elsewhere(asked, on=WANTED)
        assert (one.dossier.number, one.question, one.asker) == (dossier.number, QUESTION, "Lê Quang Huy")
        assert not Dossier.objects.exists()
        assert (count_asked(asked, on=WANTED), count_asked(asked, on=SATURDAY.date())) == (1, 0)
    assert not to_give(asked).exists()
    remind_opinions(at=a_moment(date(2026, 11, 12)))
    assert Notice.objects.filter(account_id=asked.account_id, code="opinion_near").exists()
    remind_opinions(at=a_moment(date(2026, 11, 16)))
    late = Notice.objects.get(code="opinion_late")
    assert late.account_id == world["specialist"].account_id
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(to_office="90000")

"""Requests about one's own data and their clocks; consent that is never assumed (R25)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ansinh.notifications.models import Notice
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import Behalf, Citizen, Right
from ansinh.people.data_rights import consents, requests
from ansinh.people.data_rights.clock import used
from ansinh.people.models import ConsentEvent, DataRequest, Protection
from ansinh.people.models_rights import Outcome, RequestKind, RequestState
from ansinh.people.readings.openings import protected
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.identifiers import uuid7
from ansinh.platform.models import AuditEvent
from tests.world import LOCAL_OFFICE, World, a_moment, a_submitted_dossier, a_world

MONDAY = a_moment(date(2026, 11, 9))
WORDS = "Ngày sinh trên thẻ BHYT ghi sai năm."


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, a person."""
    return a_world()


def asked(world: World, kind: str = "correct", *, at: datetime = MONDAY, **more: Any) -> DataRequest:
    """The citizen asks the local office."""
    return requests.ask(world.citizen, kind=kind, words=WORDS, office_code=LOCAL_OFFICE, at=at, **more)


def says(world: World, *, given: bool, purpose: str = "research", **more: Any) -> ConsentEvent:
    """The citizen agrees or not, on the portal."""
    values = {"version": "2026-01-01", "channel": "portal", "language": "vi", "device": "x", "at": MONDAY, **more}
    return consents.say(world.citizen, purpose=purpose, given=given, office_code=LOCAL_OFFICE, **values)


# --- the clocks ---


@pytest.mark.parametrize(
    ("kind", "acknowledge", "due"),
    [
        ("correct", date(2026, 11, 11), date(2026, 11, 19)),
        ("restrict", date(2026, 11, 11), date(2026, 11, 25)),  # the 24th is a public holiday from 2026 on
        ("object", date(2026, 11, 11), date(2026, 11, 25)),
        ("erase", date(2026, 11, 11), date(2026, 11, 30)),  # the 29th is a Sunday
    ],
)
def test_each_kind_has_its_two_clocks(world: World, kind: str, acknowledge: date, due: date) -> None:
    made = asked(world, kind)
    assert (made.acknowledge_by, made.due_on) == (acknowledge, due)


def test_what_is_sent_on_friday_evening_is_counted_from_monday(world: World) -> None:
    assert asked(world, at=a_moment(date(2026, 11, 6), 20)).acknowledge_by == date(2026, 11, 10)


@pytest.mark.parametrize(
    ("day", "alarm", "late"),
    [
        (date(2026, 11, 13), 0, False),
        (date(2026, 11, 14), 1, False),
        (date(2026, 11, 16), 1, False),
        (date(2026, 11, 17), 2, False),
        (date(2026, 11, 19), 2, False),
        (date(2026, 11, 20), 2, True),
    ],
)
def test_the_desk_is_warned_at_half_and_at_four_fifths(world: World, day: date, alarm: int, late: bool) -> None:
    time = used(asked(world), on=day, calendar=work_calendar())
    assert (time.alarm, time.late) == (alarm, late)


def test_one_extension_with_a_reason_and_never_a_second(world: World) -> None:
    made = asked(world)
    with pytest.raises(Invalid, match="Lý do quá ngắn"):
        requests.extend(made.pk, actor=world["head"], reason="", at=MONDAY)
    extended = requests.extend(made.pk, actor=world["head"], reason="Chờ hồ sơ gốc ở tỉnh khác gửi về.", at=MONDAY)
    assert extended.due_on == date(2026, 12, 4)
    assert used(extended, on=date(2026, 11, 19), calendar=work_calendar()).alarm == 0
    with pytest.raises(Conflict, match="một lần"):
        requests.extend(made.pk, actor=world["head"], reason="Chờ hồ sơ gốc ở tỉnh khác gửi về.", at=MONDAY)


def test_a_late_request_is_answered_not_extended(world: World) -> None:
    with pytest.raises(Conflict, match="quá hạn"):
        requests.extend(
            asked(world).pk, actor=world["head"], reason="Chờ hồ sơ gốc ở tỉnh khác.", at=MONDAY + timedelta(days=11)
        )


# --- who answers ---


def test_in_hand_then_answered_with_reasons(world: World) -> None:
    made = asked(world)
    requests.take_in_hand(made.pk, actor=world["head"], at=MONDAY)
    with pytest.raises(Conflict, match="đã có người tiếp nhận"):
        requests.take_in_hand(made.pk, actor=world["leader"], at=MONDAY)
    with pytest.raises(Invalid, match="Chưa chọn kết quả"):
        requests.answer(made.pk, actor=world["head"], outcome="", words=WORDS, at=MONDAY)
    done = requests.answer(
        made.pk, actor=world["head"], outcome=Outcome.GRANTED, words="Đã sửa theo giấy khai sinh.", at=MONDAY
    )
    assert (done.state, done.answer) == (RequestState.ANSWERED, "Đã sửa theo giấy khai sinh.")
    states = AuditEvent.objects.filter(row_id=made.pk).order_by("id").values_list("to_state", flat=True)
    assert list(states) == ["asked", "in_hand", "answered"]
    with pytest.raises(Conflict, match="đã trả lời xong"):
        requests.answer(made.pk, actor=world["head"], outcome=Outcome.REFUSED, words="Không có căn cứ.", at=MONDAY)


def test_only_heads_and_leaders_of_the_office_answer(world: World) -> None:
    made = asked(world)
    with pytest.raises(NotAllowed):
        requests.the_request(made.pk, officer=world["specialist"], on=MONDAY.date())
    with pytest.raises(NotFound):
        requests.the_request(made.pk, officer=world["province_leader"], on=MONDAY.date())


def test_a_stranger_has_no_such_request(world: World) -> None:
    with pytest.raises(NotFound):
        requests.own_request(asked(world).pk, subject_id=uuid7())


def test_a_granted_restriction_protects_from_then_on(world: World) -> None:
    for outcome, held in ((Outcome.REFUSED, 0), (Outcome.GRANTED, 1)):
        made = asked(world, "restrict")
        requests.answer(made.pk, actor=world["leader"], outcome=outcome, words="Có đơn tố giác bị quấy rối.", at=MONDAY)
        assert Protection.objects.filter(subject_id=world.citizen.person_id).count() == held


def test_a_restriction_ends_with_a_reason_and_once(world: World) -> None:
    made = asked(world, "restrict")
    requests.answer(
        made.pk, actor=world["leader"], outcome=Outcome.GRANTED, words="Có đơn tố giác bị quấy rối.", at=MONDAY
    )
    mine = world.citizen.person_id
    assert protected([mine], at=MONDAY) == {mine}
    with pytest.raises(Invalid):
        requests.end_restriction(made.pk, actor=world["head"], reason="", at=MONDAY)
    requests.end_restriction(made.pk, actor=world["head"], reason="Người gửi đã rút đơn tố giác.", at=MONDAY)
    assert protected([mine], at=MONDAY) == frozenset()
    assert Notice.objects.filter(code="restriction_ended").count() == 1
    with pytest.raises(Conflict, match="không còn hạn chế"):
        requests.end_restriction(made.pk, actor=world["head"], reason="Người gửi đã rút đơn tố giác.", at=MONDAY)


def test_the_database_refuses_an_answer_without_reason(world: World) -> None:
    made = asked(world)
    with pytest.raises(IntegrityError, match="answer_has_outcome_and_reason"), transaction.atomic():
        DataRequest.objects.filter(pk=made.pk).update(state="answered")


@pytest.mark.parametrize("rights", [frozenset(), frozenset({Right.READ})])
def test_who_acts_for_somebody_needs_the_right_to_file(world: World, rights: frozenset[Right]) -> None:
    mine = world.citizen
    behalf = Behalf("mandate", owner_id=uuid7(), name="Lê Thị Hòa", rights=rights, basis_id=uuid7())
    actor = Citizen(mine.account_id, mine.person_id, mine.name, behalf=behalf)
    with pytest.raises(NotAllowed):
        requests.ask(actor, kind="correct", words=WORDS, office_code=LOCAL_OFFICE, at=MONDAY)


# --- consent ---


def test_nobody_has_agreed_before_saying_so(world: World) -> None:
    found = consents.standings(world.citizen.person_id, on=MONDAY.date())
    assert len(found) >= 3
    assert not any(one.given or one.last for one in found)


def test_the_ledger_keeps_every_word_with_its_evidence(world: World) -> None:
    for given in (True, False, True):
        says(world, given=given)
    lines = list(ConsentEvent.objects.order_by("id"))
    assert [line.given for line in lines] == [True, False, True]
    purpose = next(one for one in consents.purposes(on=MONDAY.date()) if one.code == "research")
    assert {line.text_sha256 for line in lines} == {purpose.sha256("vi")}
    assert purpose.sha256("en") != purpose.sha256("vi")
    assert consents.has_consent(world.citizen.person_id, "research", on=MONDAY.date())
    assert not consents.has_consent(world.citizen.person_id, "policy-news", on=MONDAY.date())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ConsentEvent.objects.update(given=True)


def test_taking_consent_back_asks_the_office_to_stop(world: World) -> None:
    says(world, given=False)
    assert DataRequest.objects.count() == 0, "refusing takes nothing back"
    says(world, given=True)
    says(world, given=False)
    made = DataRequest.objects.get()
    assert (made.kind, made.purpose, made.due_on) == (RequestKind.WITHDRAW, "research", date(2026, 11, 25))


def test_a_text_that_changed_is_read_again(world: World) -> None:
    with pytest.raises(Conflict, match="đã thay đổi"):
        says(world, given=True, version="2025-01-01")
    with pytest.raises(Invalid):
        says(world, given=True, purpose="everything")


def test_refusing_everything_blocks_no_filing(world: World) -> None:
    for one in consents.purposes(on=MONDAY.date()):
        says(world, given=False, purpose=one.code)
    assert a_submitted_dossier(world).number

"""Random histories by the real actions: one holder every minute, the due date of a recount, and no return by SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ansinh.casework.accept import accept, confirm_check
from ansinh.casework.ask_again import approve_again, propose_again
from ansinh.casework.ask_for_more import ask_for_more
from ansinh.casework.hand_over import hand_over
from ansinh.casework.ledger_rows import assigned, given_back, lent
from ansinh.casework.propose import control, propose_grant, send_back
from ansinh.dossiers.models import CLOSED_STATES, Dossier, State
from ansinh.dossiers.withdraw import withdraw
from ansinh.law.calendar import WorkCalendar
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import DomainError
from ansinh.platform.zone import local_day
from tests.casework.by_sql import REQUEST, RETURN, refused
from tests.casework.moves import BLURRED, answered
from tests.world import FILED_AT, LOCAL_OFFICE, OTHER_OFFICE, World, a_submitted_dossier

LIMIT = 7
"""Working days of the world's maternity allowance."""
ONE_DAY = timedelta(days=1)


@dataclass
class Told:
    """What the history itself says, without looking at what was kept."""

    world: World
    dossier: Dossier
    now: datetime = FILED_AT
    accepted_at: datetime | None = None
    asked: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    holders: list[tuple[datetime, str]] = field(default_factory=lambda: [(FILED_AT, "checking")])

    def fresh(self) -> Dossier:
        return Dossier.objects.get(pk=self.dossier.pk)

    def officer(self) -> OfficerActor:
        """Somebody with the role of the present stage where the dossier is."""
        now = self.fresh()
        there = [one for one in self.world.officers.values() if one.has(now.stage_role, at_office=now.office_code)]
        return there[-1]

    def at_office(self) -> str:
        return "office" if self.accepted_at else "checking"


def _accept(told: Told) -> None:
    accept(told.dossier.pk, actor=told.officer(), at=told.now)
    told.accepted_at = told.now
    told.holders.append((told.now, "office"))


def _check(told: Told) -> None:
    confirm_check(told.dossier.pk, actor=told.officer(), note="", at=told.now)
    told.holders.append((told.now, "office"))


def _ask(told: Told) -> None:
    asker, head = told.officer(), told.world["head"]
    if told.asked:
        propose_again(told.dossier.pk, actor=asker, asks=[BLURRED], why="Mới thấy.", at=told.now)
        approve_again(told.dossier.pk, actor=head, at=told.now)
    else:
        ask_for_more(told.dossier.pk, actor=asker, asks=[BLURRED], at=told.now)
    told.asked.append((told.now, None))
    told.holders.append((told.now, "applicant"))


def _answer(told: Told) -> None:
    if not told.asked or told.asked[-1][1] is not None:
        return
    answered(told.world, told.dossier, at=told.now)
    told.asked[-1] = (told.asked[-1][0], told.now)
    told.holders.append((told.now, told.at_office()))


def _propose(told: Told) -> None:
    propose_grant(told.dossier.pk, actor=told.officer(), amount=None, override_reason="", note="", at=told.now)
    told.holders.append((told.now, "office"))


def _control(told: Told) -> None:
    control(told.dossier.pk, actor=told.officer(), note="", at=told.now)
    told.holders.append((told.now, "office"))


def _send_back(told: Told) -> None:
    send_back(told.dossier.pk, actor=told.officer(), note="Xem lại số ngày.", at=told.now)
    told.holders.append((told.now, "office"))


def _hand_over(told: Told) -> None:
    there = told.fresh().office_code
    target = OTHER_OFFICE if there == LOCAL_OFFICE else LOCAL_OFFICE
    hand_over(told.dossier.pk, actor=told.officer(), to_office=target, reason="Chuyển nơi ở.", at=told.now)
    told.holders.append((told.now, told.at_office()))


def _assign(told: Told) -> None:
    assigned(told.fresh(), told.world["specialist"].officer_id, told.now)


def _lend(told: Told) -> None:
    lent(told.fresh(), "Công an xã", told.now)
    told.holders.append((told.now, "agency"))


def _give_back(told: Told) -> None:
    if told.holders[-1][1] == "agency":
        given_back(told.fresh(), "Công an xã", told.now)
        told.holders.append((told.now, told.at_office()))


def _withdraw(told: Told) -> None:
    if len(told.holders) > 12:  # long histories are worth more than short ones
        withdraw(told.dossier.pk, actor=told.world.citizen, reason="", at=told.now)


STEPS: tuple[Callable[[Told], None], ...] = (
    _accept, _check, _ask, _answer, _answer, _propose, _control, _send_back, _hand_over, _assign, _lend, _give_back,
    _withdraw,
)  # fmt: skip
HISTORIES = st.lists(
    st.tuples(st.sampled_from(STEPS), st.sampled_from((0, 1, 45, 300, 1440, 2880, 4320, 7200))),
    min_size=25,
    max_size=45,
)


@pytest.mark.django_db
@pytest.mark.requirement("R-120")
@given(history=HISTORIES)
@settings(
    max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
def test_every_minute_has_one_holder_and_the_due_date_is_that_of_a_recount(
    world: World, history: list[tuple[Callable[[Told], None], int]]
) -> None:
    calendar = work_calendar()
    with transaction.atomic():
        told = Told(world, a_submitted_dossier(world))
        for step, minutes in history:
            told.now += timedelta(minutes=minutes)
            try:
                with transaction.atomic():
                    step(told)
            except (DomainError, IndexError):
                continue  # not possible where the dossier stands, or nobody there does it: another step then
            _recounted(told, calendar)
            _cannot_be_returned_by_sql(told)
        _one_holder_each_minute(told)
        transaction.set_rollback(True)


def _recounted(told: Told, calendar: WorkCalendar) -> None:
    dossier = told.fresh()
    if dossier.state in CLOSED_STATES:
        return
    awaited = bool(told.asked) and told.asked[-1][1] is None  # also one that came too late to stop the count
    assert dossier.due_on == (recount(told, calendar) if told.accepted_at and not awaited else None)


def _cannot_be_returned_by_sql(told: Told) -> None:
    """Wherever it stands: neither without a request nor with one that asks for nothing."""
    if told.fresh().state not in {*CLOSED_STATES, State.WAITING_FOR_APPLICANT}:
        request = REQUEST.format(round=len(told.asked) + 1, more="", values="")
        assert refused(RETURN)
        assert refused(request, RETURN)


def recount(told: Told, calendar: WorkCalendar) -> date | None:
    """Day by day: a working day that is not awaited uses up one of the limit. None: the applicant is awaited.

    A request counts if it is made after acceptance and not after the due date that held until then.
    """
    assert told.accepted_at is not None
    start = local_day(told.accepted_at)
    counted: list[tuple[date, date | None]] = []
    for asked_at, answered_at in told.asked:
        asked = local_day(asked_at)
        before = _walk(start, counted, calendar)
        if asked < start or (before is not None and asked > before):
            continue
        counted.append((asked, local_day(answered_at) if answered_at else None))
    return _walk(start, counted, calendar)


def _walk(start: date, pauses: list[tuple[date, date | None]], calendar: WorkCalendar) -> date | None:
    day, left, earliest = start, LIMIT, start
    waiting = list(pauses)
    while True:
        while waiting and waiting[0][0] == day:
            _, back = waiting.pop(0)
            if back is None:
                return None
            day = max(day, back)
            if left == 0:
                earliest = _next_working_day(day, calendar)
        if left == 0 and day >= earliest and not waiting:
            return max(day, earliest)
        day += ONE_DAY
        if left and calendar.is_working_day(day):
            left -= 1


def _next_working_day(day: date, calendar: WorkCalendar) -> date:
    day += ONE_DAY
    while not calendar.is_working_day(day):
        day += ONE_DAY
    return day


def _one_holder_each_minute(told: Told) -> None:
    dossier = told.fresh()
    until = dossier.closed_at or told.now + timedelta(minutes=1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            "SELECT minute, array_agg(holder) FROM generate_series(%s::timestamptz, %s::timestamptz"
            " - interval '1 second', interval '1 minute') minute LEFT JOIN casework_holding held"
            " ON held.dossier_id = %s AND held.begun_at <= minute AND (held.ended_at IS NULL OR held.ended_at > minute)"
            " GROUP BY minute ORDER BY minute",
            [FILED_AT, until, dossier.pk],
        )
        minutes = cursor.fetchall()
    expected = [held for moment, held in told.holders]
    starts = [moment for moment, held in told.holders]
    place = 0
    for minute, held in minutes:
        while place + 1 < len(starts) and starts[place + 1] <= minute:
            place += 1
        assert held == [expected[place]], (minute, held, told.holders)

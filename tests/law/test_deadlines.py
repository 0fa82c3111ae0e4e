"""The twelve examples and P1-P10 of the counting rules, in the words of the office."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.law.calendar import default_calendar
from ansinh.law.deadlines import (
    Due,
    Extension,
    Limit,
    Pause,
    Unit,
    due,
    working_days_between,
)
from ansinh.law.errors import LawError

pytestmark = pytest.mark.requirement("R-120")

CALENDAR = default_calendar()
ACCEPTED = date(2026, 11, 9)
SEVEN = Limit(7, Unit.WORKING_DAY)
PENSION = Limit(20, Unit.CALENDAR_DAY_EXCLUDING_PUBLIC_HOLIDAYS)


def days(value: int) -> Limit:
    return Limit(value, Unit.WORKING_DAY)


def when(started_on: date, limit: Limit, *pauses: Pause, **more: object) -> date | None:
    return due(
        started_on=started_on,
        limit=limit,
        pauses=pauses,
        calendar=CALENDAR,
        **more,  # type: ignore[arg-type]
    ).on


def nov(day: int) -> date:
    return date(2026, 11, day)


def test_1_five_working_days_skip_culture_day() -> None:
    assert when(nov(20), days(5)) == nov(30)


def test_2_five_working_days_over_hung_kings_and_30_april() -> None:
    assert when(date(2026, 4, 23), days(5)) == date(2026, 5, 5)


def test_3_seven_working_days() -> None:
    assert when(ACCEPTED, SEVEN) == nov(18)


def test_4_a_supplement_of_five_working_days_moves_the_date_by_five() -> None:
    assert when(ACCEPTED, SEVEN, Pause(nov(12), nov(19))) == nov(26)


def test_5_pension_days_skip_tet_and_end_on_a_monday() -> None:
    assert when(date(2026, 2, 10), PENSION) == date(2026, 3, 9)


def test_6_direct_reimbursement_in_calendar_days() -> None:
    assert when(date(2026, 3, 2), Limit(25, Unit.CALENDAR_DAY)) == date(2026, 3, 27)


def test_7_a_calendar_period_ending_on_days_off_moves_past_all_of_them() -> None:
    assert when(date(2026, 3, 31), Limit(25, Unit.CALENDAR_DAY)) == date(2026, 4, 28)


def test_8_one_working_day_over_a_weekend() -> None:
    assert when(nov(20), days(1)) == nov(23)


def test_9_one_working_day_before_culture_day() -> None:
    assert when(nov(23), days(1)) == nov(25)


@pytest.mark.parametrize("unit", [Unit.SAME_DAY, Unit.IMMEDIATE])
def test_10_a_card_reissue_is_due_on_the_day_it_is_received(unit: Unit) -> None:
    assert when(nov(20), Limit(0, unit)) == nov(20)


def test_11_the_clock_starts_at_acceptance_not_at_submission() -> None:
    assert when(nov(23), days(5)) == date(2026, 12, 1)


def test_12_silence_on_a_contract_change_is_consent_after_five_working_days() -> None:
    assert when(date(2026, 12, 7), days(5)) == date(2026, 12, 14)


def test_p1_a_make_up_saturday_counts() -> None:
    assert when(date(2026, 8, 20), days(3)) == date(2026, 8, 24)


def test_p2_a_swapped_monday_does_not_count() -> None:
    assert when(date(2026, 8, 28), days(2)) == date(2026, 9, 4)


def test_p3_asked_on_the_last_day_is_due_the_working_day_after_the_arrival() -> None:
    assert when(ACCEPTED, SEVEN, Pause(nov(18), nov(20))) == nov(23)


def test_p4_an_answer_on_the_same_day_pauses_nothing() -> None:
    assert when(ACCEPTED, SEVEN, Pause(nov(12), nov(12))) == nov(18)


def test_p5_an_arrival_on_saturday_pauses_friday_only() -> None:
    assert when(ACCEPTED, SEVEN, Pause(nov(12), nov(14))) == nov(19)


def test_p6_overlapping_requests_count_once() -> None:
    pauses = Pause(nov(12), nov(17)), Pause(nov(16), nov(19))
    assert when(ACCEPTED, SEVEN, *pauses) == nov(26)
    assert when(ACCEPTED, SEVEN, *reversed(pauses)) == nov(26)


def test_p7_the_pause_is_added_before_the_move_to_a_working_day() -> None:
    pause = Pause(date(2026, 4, 20), date(2026, 4, 23))
    twelve = Limit(12, Unit.CALENDAR_DAY)
    assert when(date(2026, 4, 14), twelve, pause) == date(2026, 4, 29)


def test_p8_a_pause_in_pension_days_is_counted_in_pension_days() -> None:
    pause = Pause(date(2026, 2, 25), date(2026, 3, 2))
    assert when(date(2026, 2, 10), PENSION, pause) == date(2026, 3, 12)


@pytest.mark.parametrize("completed_on", [None, nov(23)])
def test_p9_a_request_after_the_due_date_changes_nothing(completed_on: date | None) -> None:
    assert when(ACCEPTED, SEVEN, Pause(nov(19), completed_on)) == nov(18)


def test_p10_direct_reimbursement_has_a_new_limit_after_the_supplement() -> None:
    got = when(
        date(2026, 3, 2),
        Limit(25, Unit.CALENDAR_DAY),
        Pause(date(2026, 3, 6), date(2026, 3, 16)),
        effect="new_limit",
        new_limit=Limit(20, Unit.CALENDAR_DAY),
    )
    assert got == date(2026, 4, 6)


def test_a_paused_dossier_has_no_due_date_but_shows_the_days_left() -> None:
    result = due(started_on=ACCEPTED, limit=SEVEN, pauses=[Pause(nov(12), None)], calendar=CALENDAR)
    assert (result.on, result.nominal_on, result.paused) == (None, None, True)
    assert (result.days_used, result.days_left) == (3, 4)


def test_days_of_an_earlier_pause_are_not_used_days() -> None:
    pauses = [Pause(nov(12), nov(17)), Pause(nov(19), None)]
    result = due(started_on=ACCEPTED, limit=SEVEN, pauses=pauses, calendar=CALENDAR)
    assert (result.days_used, result.days_left) == (5, 2)


def test_a_request_before_acceptance_pauses_nothing() -> None:
    assert when(ACCEPTED, SEVEN, Pause(nov(6), nov(13))) == nov(18)
    assert when(ACCEPTED, SEVEN, Pause(nov(6), None)) == nov(18)


def test_a_request_on_the_day_of_acceptance_pauses_from_the_next_day() -> None:
    assert when(ACCEPTED, SEVEN, Pause(nov(9), nov(11))) == nov(20)


def test_a_second_request_late_only_against_the_old_date_still_pauses() -> None:
    pauses = Pause(nov(12), nov(19)), Pause(nov(25), nov(27))
    assert when(ACCEPTED, SEVEN, *pauses) == nov(30)


def test_a_request_on_the_moved_day_is_not_late() -> None:
    got = when(date(2026, 3, 31), Limit(25, Unit.CALENDAR_DAY), Pause(date(2026, 4, 28), date(2026, 4, 29)))
    assert got == date(2026, 5, 4)


def test_an_extension_replaces_the_limit() -> None:
    extension = Extension(Limit(45, Unit.CALENDAR_DAY), 0, "Xác minh tại tỉnh khác")
    assert when(ACCEPTED, SEVEN, extensions=[extension]) == date(2026, 12, 24)


def test_an_extension_adds_days_and_pauses_apply_to_it() -> None:
    extension = Extension(None, 2, "Lệnh của Chính phủ")
    assert when(ACCEPTED, SEVEN, extensions=[extension]) == nov(20)
    assert when(ACCEPTED, SEVEN, Pause(nov(12), nov(13)), extensions=[extension]) == nov(23)


def test_restart_counts_the_whole_limit_from_the_arrival() -> None:
    pause = Pause(nov(12), nov(19))
    assert when(ACCEPTED, SEVEN, pause, effect="restart") == date(2026, 12, 1)


def test_restart_awaiting_leaves_the_whole_limit() -> None:
    result = due(
        started_on=ACCEPTED,
        limit=SEVEN,
        pauses=[Pause(nov(12), None)],
        effect="restart",
        calendar=CALENDAR,
    )
    assert (result.on, result.days_left) == (None, 7)


def test_new_limit_without_its_length_is_refused() -> None:
    with pytest.raises(LawError, match="thời hạn mới"):
        when(ACCEPTED, SEVEN, effect="new_limit")


@pytest.mark.parametrize(
    ("pause", "expected"),
    [
        (Pause(nov(20), nov(23)), nov(23)),
        (Pause(nov(20), nov(23), after_closing=True), nov(25)),
        (Pause(nov(20), nov(21)), nov(23)),
        (Pause(nov(20), nov(20)), nov(20)),
        (Pause(nov(20), nov(20), after_closing=True), nov(23)),
    ],
)
def test_a_same_day_result_with_a_pause_is_due_when_it_arrives(pause: Pause, expected: date) -> None:
    assert when(nov(20), Limit(0, Unit.SAME_DAY), pause) == expected


# Edges of the calendar: make-up Saturdays, swapped days and holidays inside and at the end of pauses.


def aug(day: int) -> date:
    return date(2026, 8, day)


@pytest.mark.parametrize(
    ("started_on", "limit", "pauses", "expected"),
    [
        pytest.param(aug(17), days(5), [], aug(22), id="ends-on-a-make-up-saturday"),
        pytest.param(aug(17), days(5), [Pause(aug(19), aug(22))], aug(26), id="make-up-saturday-is-paused"),
        pytest.param(nov(20), days(5), [Pause(nov(23), nov(25))], date(2026, 12, 1), id="culture-day-not-paused"),
        pytest.param(nov(9), SEVEN, [Pause(nov(18), nov(23))], nov(25), id="arrival-before-culture-day"),
        pytest.param(
            date(2026, 2, 10), days(5), [Pause(date(2026, 2, 12), date(2026, 2, 23))], date(2026, 2, 26), id="over-tet"
        ),
        pytest.param(
            nov(20), Limit(5, Unit.CALENDAR_DAY_EXCLUDING_PUBLIC_HOLIDAYS), [], nov(26), id="culture-day-skipped"
        ),
        pytest.param(
            aug(28),
            Limit(3, Unit.CALENDAR_DAY_EXCLUDING_PUBLIC_HOLIDAYS),
            [],
            date(2026, 9, 3),
            id="swapped-day-counts-and-the-end-moves-past-national-day",
        ),
        pytest.param(nov(23), Limit(0, Unit.SAME_DAY), [Pause(nov(23), nov(24))], nov(25), id="same-day-on-a-holiday"),
        pytest.param(date(2026, 12, 31), days(1), [], date(2027, 1, 4), id="over-new-year"),
    ],
)
def test_days_off_inside_and_at_the_end_of_a_pause(
    started_on: date, limit: Limit, pauses: list[Pause], expected: date
) -> None:
    assert when(started_on, limit, *pauses) == expected


def test_a_pause_moves_an_extended_limit_in_the_days_of_the_extension() -> None:
    extension = Extension(Limit(45, Unit.CALENDAR_DAY), 0, "Xác minh tại tỉnh khác")
    assert when(ACCEPTED, SEVEN, Pause(nov(12), nov(19)), extensions=[extension]) == date(2026, 12, 31)


def test_a_new_limit_from_a_holiday_begins_the_next_working_day() -> None:
    got = when(nov(16), days(3), Pause(nov(18), nov(24)), effect="new_limit", new_limit=days(3))
    assert got == nov(27)


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(LawError, match="trước ngày yêu cầu"):
        Pause(nov(12), nov(11))


def test_a_limit_has_at_least_one_day() -> None:
    with pytest.raises(LawError):
        days(0)


def test_working_days_between_leaves_out_the_first_day() -> None:
    assert working_days_between(nov(20), nov(25), calendar=CALENDAR) == 2
    assert working_days_between(nov(25), nov(20), calendar=CALENDAR) == -2
    assert working_days_between(nov(20), nov(20), calendar=CALENDAR) == 0


def test_every_step_is_in_both_languages() -> None:
    result = due(started_on=ACCEPTED, limit=SEVEN, pauses=[Pause(nov(12), nov(19))], calendar=CALENDAR)
    assert len(result.steps) == 3
    assert all(step.what_vi and step.what_en and step.article for step in result.steps)


starts = st.dates(date(2024, 1, 2), date(2028, 12, 1))
limits = st.builds(
    Limit,
    st.integers(1, 60),
    st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.CALENDAR_DAY_EXCLUDING_PUBLIC_HOLIDAYS]),
)


@st.composite
def pauses_after(draw: st.DrawFn, start: date) -> list[Pause]:
    spans = draw(st.lists(st.tuples(st.integers(-5, 70), st.integers(0, 30)), max_size=4))
    return [Pause(start + timedelta(days=begin), start + timedelta(days=begin + length)) for begin, length in spans]


def result_of(start: date, limit: Limit, pauses: list[Pause]) -> Due:
    return due(started_on=start, limit=limit, pauses=pauses, calendar=CALENDAR)


@given(st.data(), starts, limits)
def test_no_pause_moves_the_date_earlier(data: st.DataObject, start: date, limit: Limit) -> None:
    pauses = data.draw(pauses_after(start))
    with_pauses, without = result_of(start, limit, pauses), result_of(start, limit, [])
    assert with_pauses.on is not None and without.on is not None
    assert with_pauses.on >= without.on


@given(st.data(), starts, limits)
def test_recomputing_in_any_order_gives_the_same_working_day(data: st.DataObject, start: date, limit: Limit) -> None:
    pauses = data.draw(pauses_after(start))
    first = result_of(start, limit, pauses)
    assert result_of(start, limit, list(reversed(pauses))).on == first.on
    assert first.on is not None and CALENDAR.is_working_day(first.on)
    assert first.nominal_on is not None and first.nominal_on <= first.on


@given(starts, limits, st.integers(0, 20), st.integers(0, 20))
def test_a_longer_pause_never_gives_an_earlier_date(start: date, limit: Limit, length: int, more: int) -> None:
    shorter = result_of(start, limit, [Pause(start, start + timedelta(days=length))])
    longer = result_of(start, limit, [Pause(start, start + timedelta(days=length + more))])
    assert shorter.on is not None and longer.on is not None
    assert shorter.on <= longer.on

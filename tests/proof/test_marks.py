"""The floor rises only to what can no longer be followed by anything below."""

from __future__ import annotations

from ansinh.proof.marks import Marks, Run


def _run(highest: int, *, running: int, following: int, cut_short: bool = False) -> Run:
    return Run(highest, cut_short, running, following)


def test_the_floor_waits_until_every_transaction_of_that_time_has_ended() -> None:
    first = Marks().after(_run(50, running=100, following=120))
    assert (first.floor, first.next_floor, first.settles_at) == (0, 50, 120)
    waiting = first.after(_run(70, running=110, following=140))
    assert (waiting.floor, waiting.next_floor, waiting.settles_at, waiting.highest) == (0, 50, 120, 70)
    risen = waiting.after(_run(80, running=120, following=160))
    assert (risen.floor, risen.next_floor, risen.settles_at) == (50, 80, 160)


def test_a_late_event_with_a_low_id_does_not_lower_what_was_reached() -> None:
    marks = Marks().after(_run(50, running=100, following=120)).after(_run(7, running=130, following=140))
    assert (marks.floor, marks.highest, marks.next_floor) == (50, 50, 50)


def test_a_run_that_was_cut_short_raises_the_floor_no_further_than_it_read() -> None:
    marks = Marks().after(_run(5000, running=100, following=120))
    cut = marks.after(_run(300, running=120, following=140, cut_short=True))
    assert cut.floor == 300


def test_another_server_that_counts_anew_keeps_the_floor_and_waits_for_its_own_count() -> None:
    old = Marks().after(_run(50, running=9000, following=9100)).after(_run(60, running=9200, following=9300))
    assert old.floor == 50
    restored = old.after(_run(70, running=700, following=710))
    assert (restored.floor, restored.next_floor, restored.settles_at) == (50, 70, 710)
    assert restored.after(_run(80, running=715, following=720)).floor == 70

"""What happens below is answered above, in the same transaction."""

from collections import defaultdict
from dataclasses import dataclass

import pytest

from ansinh.platform import events


@dataclass(frozen=True)
class Happened:
    """An event of this test."""

    word: str


@dataclass(frozen=True)
class HappenedToo(Happened):
    """A more special one."""


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Listeners of this test only."""
    monkeypatch.setattr(events, "_load_reactions", lambda: None)
    monkeypatch.setattr(events, "_listeners", defaultdict(list))
    words: list[str] = []
    events.listen(Happened)(lambda event: words.append(f"first {event.word}"))
    events.listen(Happened)(lambda event: words.append(f"second {event.word}"))
    return words


def test_listeners_answer_in_their_order(heard: list[str]) -> None:
    events.publish(Happened("x"))
    assert heard == ["first x", "second x"]


def test_a_listener_hears_exactly_its_own_kind(heard: list[str]) -> None:
    events.publish(HappenedToo("x"))
    assert heard == []


def test_an_error_of_a_listener_stops_the_action(heard: list[str]) -> None:
    def refuse(event: Happened) -> None:
        raise RuntimeError(event.word)

    events.listen(Happened)(refuse)
    with pytest.raises(RuntimeError, match="x"):
        events.publish(Happened("x"))

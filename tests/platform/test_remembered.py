"""A question is asked once in one job, and anew in the next."""

from __future__ import annotations

import pytest

from ansinh.platform.remembered import remembered, remembering

asked: list[tuple[str, int]] = []


@remembered
def name_of(code: str, *, on: int) -> str | None:
    asked.append((code, on))
    if code == "none":
        return None
    if code == "fault":
        raise ValueError(code)
    return f"{code} {on}"


@pytest.fixture(autouse=True)
def _nothing_asked() -> None:
    asked.clear()


def test_inside_a_job_each_question_is_asked_once() -> None:
    with remembering():
        answers = [name_of(code, on=on) for code, on in (("a", 1), ("a", 1), ("a", 2), ("none", 1), ("none", 1))]
    assert answers == ["a 1", "a 1", "a 2", None, None]
    assert asked == [("a", 1), ("a", 2), ("none", 1)]


def test_nothing_is_kept_outside_or_after_it() -> None:
    name_of("a", on=1)
    with remembering():
        name_of("a", on=1)
        with remembering():
            name_of("a", on=1)
        name_of("a", on=1)
    name_of("a", on=1)
    assert asked == [("a", 1)] * 4


def test_a_question_that_failed_is_asked_again() -> None:
    with remembering():
        for _ in range(2):
            with pytest.raises(ValueError, match="fault"):
                name_of("fault", on=1)
    assert len(asked) == 2

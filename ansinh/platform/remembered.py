"""What is the same for all rows of one job (an office, a list of names) is read once, and forgotten with the job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
_answers: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside the block a question marked `remembered` is asked once for each set of arguments.

    For a job of a second or two over many rows. Nothing is kept beside it or after it.
    """
    before = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(before)


def remembered(question: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Mark a question about dated organisation: never one about a person, a right or a dossier.

    Its arguments are hashable, and nobody changes what it answers.
    """

    @wraps(question)
    def asked(*args: Given.args, **named: Given.kwargs) -> Answer:
        answers = _answers.get()
        if answers is None:
            return question(*args, **named)
        key = (asked, args, tuple(sorted(named.items())))
        if key not in answers:
            answers[key] = question(*args, **named)
        found: Answer = answers[key]
        return found

    return asked

"""Errors of the law module: a stable code and a Vietnamese sentence, nothing about HTTP."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

_LONGEST = 80


class LawError(Exception):
    """A rule cannot be applied; ``code`` is stable kebab-case, ``message_vi`` is for people."""

    def __init__(self, code: str, message_vi: str, message_en: str = "", **facts: object) -> None:
        super().__init__(message_vi)
        self.code = code
        self.message_vi = message_vi
        self.message_en = message_en or message_vi
        self.facts = facts


class FigureMissing(LawError):
    """A dated figure was read before its first value, or does not exist."""


class MissingInput(LawError):
    """A rule needs an input that was not given; ``facts['name']`` names it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "missing-input",
            f"Thiếu dữ liệu “{name}” để tính. Hãy bổ sung rồi tính lại.",
            f"The input “{name}” is missing. Add it and calculate again.",
            name=name,
        )


class BadInput(LawError):
    """An input has a value the rule cannot use; ``accepted`` are the only words it takes, where there are such."""

    def __init__(self, name: str, value: object, *, accepted: Iterable[object] = ()) -> None:
        words = ", ".join(map(str, accepted))
        super().__init__(
            "bad-input",
            f"Dữ liệu “{name}” có giá trị không dùng được: {_shown(value)}. "
            + (f"Giá trị nhận: {words}." if words else "Hãy sửa rồi tính lại."),
            f"The input “{name}” has an unusable value: {_shown(value)}. "
            + (f"It takes: {words}." if words else "Correct it and try again."),
            name=name,
            value=value,
        )


class UnknownBenefit(LawError):
    """No rule is registered for this benefit."""

    def __init__(self, benefit: str) -> None:
        super().__init__(
            "unknown-benefit",
            f"Chưa có quy tắc tính cho “{benefit}”. Xem danh sách bằng “ansinh law explain --list”.",
            f"There is no rule for “{benefit}” yet. List them with “ansinh law explain --list”.",
            benefit=benefit,
        )


def _shown(value: object) -> str:
    """The value as it was written; a decimal as a decimal, a long one shortened."""
    text = str(float(value)) if isinstance(value, Fraction) else repr(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"

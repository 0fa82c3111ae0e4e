"""What is wrong with an answer, as a sentence a person can act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ansinh.eforms.definition import Field

Translate = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one answer.

    ``path`` names the box (``bank_account.number``, ``children[0].date_of_birth``); ``message``
    is a Vietnamese msgid with {placeholders} for ``facts``. Where the sentence was written with
    the rule (law, form), ``message_en`` holds its English.
    """

    path: str
    code: str
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    message_en: str = ""
    facts_en: Mapping[str, Any] = field(default_factory=dict)
    label_vi: str = ""
    label_en: str = ""
    row_vi: str = ""
    """The row of a table it is in, “Thân nhân 2”; empty elsewhere."""
    row_en: str = ""

    @property
    def sentence(self) -> str:
        """The Vietnamese sentence."""
        return self.message.format(**self.facts)

    def __str__(self) -> str:
        return self.sentence

    def sentence_in(self, language: str, translate: Translate) -> str:
        """The sentence in a language; ``translate(msgid, **facts)`` turns Vietnamese into it."""
        if language == "vi":
            return self.sentence
        if self.message_en:
            return self.message_en.format(**self.facts)
        return translate(self.message, **{**self.facts, **self.facts_en})


def problem_at(path: str, about: Field, code: str, message: str, /, **facts: Any) -> Problem:
    """A problem of a field, its label and source put among the facts in both languages."""
    return Problem(
        path=path,
        code=code,
        message=message,
        facts={
            "label": lower_first(about.label_vi),
            "Label": about.label_vi,
            "source": about.source_vi or "ô này",
            **{key: quoted(value) if key in _TYPED else value for key, value in facts.items()},
        },
        facts_en={
            "label": lower_first(about.label_en),
            "Label": about.label_en,
            "source": about.source_en or "this box",
            **{key: value.en for key, value in facts.items() if isinstance(value, Words)},
        },
        label_vi=about.label_vi,
        label_en=about.label_en,
    )


_TYPED = frozenset({"text", "word"})
"""Facts that are what the person typed."""
_LONGEST_QUOTE = 40


def quoted(typed: str) -> str:
    """What was typed, as a sentence repeats it: its beginning is enough to know it by, the whole stays in its box."""
    return typed if len(typed) <= _LONGEST_QUOTE else f"{typed[:_LONGEST_QUOTE].rstrip()}…"


class Words(str):
    """A fact that is itself words: Vietnamese as text, English beside it."""

    en: str

    def __new__(cls, vi: str, en: str) -> Words:
        made = super().__new__(cls, vi)
        made.en = en
        return made


def upper_first(label: str) -> str:
    """A label at the head of a row or card: “thân nhân” → “Thân nhân”."""
    return label[:1].upper() + label[1:]


def lower_first(label: str) -> str:
    """A label inside a sentence: “Ngày sinh” → “ngày sinh”, but “BHXH …” and “CCCD” stay."""
    if len(label) > 1 and label[1].isupper():
        return label
    return label[:1].lower() + label[1:]

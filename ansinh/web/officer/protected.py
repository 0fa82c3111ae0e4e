"""People who are specially protected, on pages of the desk: without a name in lists, marked on their own page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from ansinh.platform.language import translate

PROTECTED = "Người được bảo vệ riêng"


def shown_name(person_id: UUID | None, name: str, hidden: Collection[UUID]) -> str:
    """The name as a list shows it; `hidden` are those who are protected."""
    return translate(PROTECTED) if person_id in hidden else name


def veiled(sentence: str, names: Iterable[str]) -> str:
    """A sentence of a history without these names of protected people."""
    for name in names:
        sentence = sentence.replace(name, translate(PROTECTED))
    return sentence

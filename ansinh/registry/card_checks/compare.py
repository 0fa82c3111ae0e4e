"""What the register says to a card number with name and birth date, or to a card that showed its code."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from ansinh.law.errors import LawError
from ansinh.law.identifiers import parse_health_card, parse_si_number
from ansinh.registry.card_changes import held_card
from ansinh.registry.card_checks.answers import child_years, valid_code
from ansinh.registry.cards import CardState, HealthCard, card_of
from ansinh.registry.models import InsuredPerson

_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")


@dataclass(frozen=True)
class Typed:
    """What was typed: card number (15 characters) or SI number (10 digits), name, birth date dd/mm/yyyy or year."""

    number: str
    name: str
    born: str


@dataclass(frozen=True)
class Found:
    """The answer's code; `card` only when everything that was typed fits it."""

    code: str
    si_number: str = ""
    card: HealthCard | None = None


def of_typed(typed: Typed, *, on: date) -> Found:
    """Compare in the order of the codes: number, name, birth date, days."""
    number, born = number_of(typed.number), _born(typed.born)
    if number is None or born is None or not typed.name.strip():
        return Found("205")
    si_number = number[-10:]
    held = InsuredPerson.objects.filter(pk=si_number).first()
    if held is None:
        return Found("050")
    card = held_card(held)
    if not card.number:
        if fits_person(held, typed.name, born) and _is_child(held.date_of_birth, on=on):
            return Found("130", si_number)
        return Found("050")
    if len(number) == 15 and number != card.number:
        return Found(_differs(number, card.number), si_number)
    if (wrong := _wrong_name(held.full_name, typed.name)) is not None:
        return Found(wrong, si_number)
    if not _fits(held.date_of_birth, born):
        return Found("070", si_number)
    return of_card(card_of(si_number), on=on)


def of_card(card: HealthCard | None, *, on: date) -> Found:
    """The answer about a card that is known to be the person's."""
    if card is None:
        return Found("050")
    if card.valid_from is None or card.percent is None:
        return Found("100", card.si_number)
    if card.state(on=on) is not CardState.VALID:
        return Found("010", card.si_number, card)
    return Found(valid_code(card.number), card.si_number, card)


def number_of(text: str) -> str | None:
    """An SI number or a card number as the register writes it; None for anything else."""
    for parse in (parse_si_number, parse_health_card):
        try:
            return parse(text)
        except LawError:
            continue
    return None


def _born(text: str) -> str | None:
    """A year, or a day in ISO form; None when it is neither."""
    typed = " ".join(text.split())
    if re.fullmatch(r"\d{4}", typed):
        return typed
    found = _DAY.fullmatch(typed)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _differs(number: str, held: str) -> str:
    """Which part of the number is not that of the card: group, level or province."""
    if number[:2] != held[:2]:
        return "051"
    return "053" if number[2] != held[2] else "052"


def _wrong_name(held: str, typed: str) -> str | None:
    ours, theirs = _plain(held), _plain(typed)
    if ours == theirs:
        return None
    return "061" if _initials(ours) == _initials(theirs) else "060"


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _initials(name: str) -> list[str]:
    return [part[0] for part in name.split()]


def _fits(held: str, born: str) -> bool:
    """A year alone fits the day it lies in, where either side knows no more."""
    return held == born if len(held) == len(born) else held[:4] == born[:4]


def fits_person(held: InsuredPerson, name: str, born: str) -> bool:
    return _wrong_name(held.full_name, name) is None and _fits(held.date_of_birth, born)


def _is_child(born: str, *, on: date) -> bool:
    return on.year - int(born[:4]) - (f"{on:%m-%d}" < (born[5:] or "12-31")) < child_years()

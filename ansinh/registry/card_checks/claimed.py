"""Many cards at once, as a facility's claim file names them; nothing is told of a card that does not fit its person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ansinh.platform.row_security.viewer import as_the_house
from ansinh.registry.card_changes import held_card
from ansinh.registry.card_checks.compare import fits_person, number_of
from ansinh.registry.models import InsuredPerson

Days = tuple[date | None, date | None]


@dataclass(frozen=True)
class ClaimedCard:
    """A card as a claim names it: number, name, birth date (a year, or an ISO day)."""

    number: str
    name: str
    born: str


def cards_held(asked: Collection[ClaimedCard]) -> dict[ClaimedCard, Days]:
    """First and last day of those whose number, name and birth date all fit the register; no others."""
    numbers = {one: number_of(one.number) for one in asked}
    with as_the_house():
        persons = InsuredPerson.objects.prefetch_related("card_changes").in_bulk(
            sorted({number[-10:] for number in numbers.values() if number})
        )
    held: dict[ClaimedCard, Days] = {}
    for one, number in numbers.items():
        person = persons.get(number[-10:]) if number else None
        if person is None or number is None or not fits_person(person, one.name, one.born):
            continue
        card = held_card(person)
        if card.number and (len(number) != 15 or number == card.number):
            held[one] = (card.valid_from, card.valid_to)
    return held

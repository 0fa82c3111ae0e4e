"""Health cards and social-insurance books."""

from __future__ import annotations

from ansinh.casework.effects.given import Done, Given
from ansinh.registry import books, card_changes


def issue_card(given: Given) -> Done:
    """A card: the first one, another copy, or one with other facts."""
    person = given.insured()
    made = card_changes.issue(
        person,
        group=given.get("group", ""),
        first=given.get("from"),
        last=given.get("to"),
        facility=given.get("facility", ""),
        reason=given["reason"],
        ground=given.ground,
    )
    return Done({"card": made.number, "change": str(made.pk)})


def extend_card(given: Given) -> Done:
    """A card that is valid for longer."""
    made = card_changes.extend(given.insured(), first=given["from"], last=given["to"], ground=given.ground)
    return Done({"change": str(made.pk)})


def end_card(given: Given) -> Done:
    """A card that is taken back; somebody without one, or whose card ended before, has nothing to give back."""
    person = given.insured()
    held = card_changes.held_card(person)
    if not held.number or (held.valid_to is not None and held.valid_to < given["on"]):
        return Done({"change": ""})
    made = card_changes.end(person, on=given["on"], reason=given["reason"], ground=given.ground)
    return Done({"change": str(made.pk)})


def issue_book(given: Given) -> Done:
    """The book, or another copy of it."""
    made = books.issue(given.insured(), on=given.day, reason=given["reason"][:300], ground=given.ground)
    return Done({"entry": str(made.pk)})


def correct_book(given: Given) -> Done:
    """What stands in the book is corrected, or another book joins it."""
    made = books.correct(
        given.insured(),
        on=given.day,
        what=given["what"],
        note=given.get("note", "")[:300],
        merged=given.get("merged", ""),
        ground=given.ground,
    )
    return Done({"entry": str(made.pk)})


def close_book(given: Given) -> Done:
    """The book is closed at a day."""
    made = books.close(
        given.insured(), on=given["on"], why=given["why"], months=given.get("months"), ground=given.ground
    )
    return Done({"entry": str(made.pk)})


def confirm_unemployment(given: Given) -> Done:
    """The unemployment-insurance time that was not used is confirmed."""
    made = books.confirm_unemployment(given.insured(), on=given.day, months=given.get("months"), ground=given.ground)
    return Done({"entry": str(made.pk)})

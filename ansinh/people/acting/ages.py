"""How old somebody is on a day in Vietnam."""

from __future__ import annotations

from datetime import date

from ansinh.people.acting.rules import rules


def birthday(date_of_birth: str, *, years: int) -> date:
    """The day on which somebody born then (YYYY-MM-DD) is so many years old; of 29 February in a common year 1 March.

    Of a birth of which only the year is known it is 1 January: a right over another ends rather too early than late.
    """
    born = date.fromisoformat(date_of_birth) if len(date_of_birth) == 10 else date(int(date_of_birth[:4]), 1, 1)
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def of_age_on(date_of_birth: str, *, on: date) -> date:
    """The first day of adulthood, by the age that holds on `on`."""
    return birthday(date_of_birth, years=rules(on=on).majority_age)


def is_child(date_of_birth: str, *, on: date) -> bool:
    """Whether somebody is under age on a day; on the birthday itself no more."""
    return on < of_age_on(date_of_birth, on=on)


def has_own_say(date_of_birth: str, *, on: date) -> bool:
    """Whether a child is of the age from which its own consent counts."""
    age = rules(on=on).own_consent_age
    return age is not None and on >= birthday(date_of_birth, years=age)

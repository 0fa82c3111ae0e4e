"""Letters and deliveries in words."""

from __future__ import annotations

from ansinh.directives.models import Letter, LetterState
from ansinh.directives.models_distribution import Delivery, Holder
from ansinh.offices.departments import functions
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi


def holder_name(held: Delivery) -> str:
    """Who holds a delivery."""
    match held.holder:
        case Holder.UNIT:
            return f"{held.unit_name} ({held.unit_code})" if held.unit_code else held.unit_name
        case Holder.OFFICER:
            assert held.officer is not None
            return f"{held.officer.full_name}, {pick(held.office, 'name')}"
        case Holder.DEPARTMENT:
            function = functions().get(held.function)
            name = pick(function, "name") if function else held.function
            return f"{translate('Mảng {name}', name=name)}, {pick(held.office, 'name')}"
    return pick(held.office, "name")


def state_words(letter: Letter) -> str:
    """Where a letter stands."""
    if letter.state == LetterState.ISSUED and letter.issued_on is not None:
        return translate("Phát hành {day}", day=date_vi(letter.issued_on))
    return translate(LetterState(letter.state).label)

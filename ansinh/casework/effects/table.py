"""Effect → the function that does it. Whoever declares one adds a line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ansinh.casework.effects import (
    arrears,
    benefits,
    cards_and_books,
    claims,
    contracts,
    participation,
    payments,
    persons,
)
from ansinh.casework.effects.given import Function

FUNCTIONS: Final[Mapping[str, Function]] = {
    "benefit_started": benefits.start,
    "benefit_changed": benefits.change,
    "benefit_stopped": benefits.stop,
    "benefit_resumed": benefits.resume,
    "arrears_settled": arrears.settle,
    "contract_in_force": contracts.in_force,
    "contract_ended": contracts.ended,
    "payment_place_moved": benefits.move,
    "payment_form_changed": benefits.change_form,
    "card_issued": cards_and_books.issue_card,
    "card_extended": cards_and_books.extend_card,
    "card_ended": cards_and_books.end_card,
    "book_issued": cards_and_books.issue_book,
    "book_corrected": cards_and_books.correct_book,
    "book_closed": cards_and_books.close_book,
    "unemployment_time_confirmed": cards_and_books.confirm_unemployment,
    "participation_started": participation.start,
    "participation_changed": participation.change,
    "participation_ended": participation.end,
    "contribution_recorded": participation.record_contribution,
    "leave_recorded": participation.record_leave,
    "recovery_claim": claims.claim_back,
    "certificate_issued": participation.certify,
    "number_issued": persons.issue_first_number,
    "personal_data_changed": persons.change_data,
    "mandate_registered": persons.register,
    "payment_order_in": payments.collect,
    "payment_order_out": payments.pay_out,
}

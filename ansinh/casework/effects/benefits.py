"""Monthly benefits: begun, changed, stopped, resumed; where and in which form they are paid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansinh.casework.effects.given import Done, Given
from ansinh.dossiers.signed_document import signed_document
from ansinh.offices.queries import office_for_commune
from ansinh.payments.first_list import first_list
from ansinh.platform.errors import Conflict
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.ask import ask_by_decision
from ansinh.registry.benefits import grant
from ansinh.registry.benefits.standing import paid_to, standing_of
from ansinh.registry.models import Entitlement, EntitlementChange

IN_CASH = "cash_service_org"


def start(given: Given) -> Done:
    """A new benefit, paid by the office that decides, in cash unless an account is given."""
    made = grant.start(given.insured(), new_benefit(given), ground=given.ground)
    return started(made, made.start_month, on=given.day)


def new_benefit(given: Given) -> grant.NewBenefit:
    """What the effect asks for."""
    account = given.get("account") or {}
    return grant.NewBenefit(
        benefit_type=given["benefit_type"],
        start_month=given["start_month"].replace(day=1),
        monthly_amount=given["monthly_amount"],
        payment_method=given.get("method") or ("bank_account" if account else IN_CASH),
        paying_office=given.dossier.office_code,
        bank_account=account,
        beneficiary=grant.Beneficiary(
            given.get("beneficiary", ""), given.get("beneficiary_birth", ""), given.get("beneficiary_id", "")
        ),
    )


def started(one: Entitlement, month: date, *, on: date) -> Done:
    """What is kept of a benefit paid from a month on: its number, and the list that pays it first."""
    first = first_list(month, office_code=one.paying_office, on=on)
    span = (first.from_month, first.to_month)
    return Done(
        {
            "entitlement": one.number,
            "first_list": f"{first.month:%m/%Y}",
            "together_vi": ", cùng tiền các tháng {:%m/%Y} – {:%m/%Y}".format(*span) if first.from_month else "",
            "together_en": ", together with {:%m/%Y} – {:%m/%Y}".format(*span) if first.from_month else "",
        }
    )


def change(given: Given) -> Done:
    """Another amount."""
    one = _the_benefit(given)
    reason = given.get("reason", "")[:300]
    return _done(
        one,
        grant.change_amount(one, given["monthly_amount"], from_month=given["from"], reason=reason, ground=given.ground),
    )


def stop(given: Given) -> Done:
    """No longer paid: the one that is named, else every benefit paid to the person; with `if_paid` perhaps none."""
    person, number = given.insured(), given.get("entitlement", "")
    if given.get("if_paid") and not paid_to(person.entitlements.all(), on=given["from"]):
        return Done({"entitlements": []})
    stopped = (
        [grant.the_benefit(person, number, on=given["from"])]
        if number
        else grant.benefits_paid(person, on=given["from"])
    )
    reason, ground = given["reason"][:300], given.ground
    changes = [grant.stop(one, from_month=given["from"], reason=reason, ground=ground) for one in stopped]
    return Done({"entitlements": [one.number for one in stopped], "changes": [str(one.pk) for one in changes]})


def resume(given: Given) -> Done:
    """Paid again; without a number the only one that was stopped."""
    person = given.insured()
    number = given.get("entitlement", "") or grant.the_stopped(person, on=given["from"]).number
    one = grant.the_benefit(person, number, on=given["from"])
    amount = given.get("monthly_amount")
    return _done(one, grant.resume(one, from_month=given["from"], amount=amount, ground=given.ground))


def move(given: Given) -> Done:
    """Every benefit of the person is paid by another office, the one named or that of the new place."""
    person, place = given.insured(), given.get("place") or {}
    target = given.get("office") or _office_of(place, on=given.day)
    changes = [
        grant.move(one, office=target, place=place, from_month=given["from"], ground=given.ground)
        for one in grant.benefits_paid(person, on=given["from"])
    ]
    return Done({"office": target, "changes": [str(one.pk) for one in changes]})


def change_form(given: Given) -> Done:
    """Every benefit is paid in another form; another account goes its protected way (registry.bank_accounts)."""
    paid = grant.benefits_paid(given.insured(), on=given["from"])
    before = [standing_of(one, on=given["from"]).payment_method for one in paid]
    changes = [
        grant.change_form(
            one, method=given["method"], place=given.get("place") or {}, from_month=given["from"], ground=given.ground
        )
        for one in paid
    ]
    forms = [f"{form}>{given['method']}" for form in before if form != given["method"]]
    made: dict[str, object] = {"changes": [str(one.pk) for one in changes], "forms": forms}
    if account := BankAccount.held(given.get("account") or {}):
        asked = ask_by_decision(
            account,
            person_id=given.person().pk,
            signed=signed_document(given.dossier) is not None,
            actor=given.actor,
            office_code=given.dossier.office_code,
            at=given.at,
        )
        made["account_change"] = str(asked.pk) if asked else "in-use"
    return Done(made)


def _office_of(place: Mapping[str, Any], *, on: date) -> str:
    found = office_for_commune(str(place.get("commune") or ""), on=on)
    if found is None:
        raise Conflict(
            "place-without-office",
            "Chưa biết cơ quan BHXH nào phục vụ xã, phường chuyển đến. Xin yêu cầu chọn cơ quan nơi đến.",
        )
    return found.code


def _the_benefit(given: Given) -> Entitlement:
    return grant.the_benefit(given.insured(), given.get("entitlement", ""), on=given["from"])


def _done(one: Entitlement, change: EntitlementChange) -> Done:
    return Done({"entitlement": one.number, "change": str(change.pk)})

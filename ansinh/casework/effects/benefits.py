"""Monthly benefits: begun, changed, stopped, resumed."""

from __future__ import annotations

from ansinh.casework.effects.given import Done, Given
from ansinh.registry.benefits import grant
from ansinh.registry.benefits.standing import paid_to
from ansinh.registry.models import Entitlement, EntitlementChange

IN_CASH = "cash_service_org"


def start(given: Given) -> Done:
    """A new benefit, paid by the office that decides, in cash unless an account is given."""
    account = given.get("account") or {}
    made = grant.start(
        given.insured(),
        grant.NewBenefit(
            benefit_type=given["benefit_type"],
            start_month=given["start_month"],
            monthly_amount=given["monthly_amount"],
            payment_method=given.get("method") or ("bank_account" if account else IN_CASH),
            paying_office=given.dossier.office_code,
            bank_account=account,
            beneficiary=grant.Beneficiary(
                given.get("beneficiary", ""), given.get("beneficiary_birth", ""), given.get("beneficiary_id", "")
            ),
        ),
        ground=ground_of(given),
    )
    return Done({"entitlement": made.number})


def change(given: Given) -> Done:
    """Another amount."""
    one = _the_benefit(given)
    reason = given.get("reason", "")[:300]
    return _done(
        one,
        grant.change_amount(
            one, given["monthly_amount"], from_month=given["from"], reason=reason, ground=ground_of(given)
        ),
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
    reason, ground = given["reason"][:300], ground_of(given)
    changes = [grant.stop(one, from_month=given["from"], reason=reason, ground=ground) for one in stopped]
    return Done({"entitlements": [one.number for one in stopped], "changes": [str(one.pk) for one in changes]})


def resume(given: Given) -> Done:
    """Paid again; without a number the only one that was stopped."""
    person = given.insured()
    number = given.get("entitlement", "") or grant.the_stopped(person, on=given["from"]).number
    one = grant.the_benefit(person, number, on=given["from"])
    amount = given.get("monthly_amount")
    return _done(one, grant.resume(one, from_month=given["from"], amount=amount, ground=ground_of(given)))


def ground_of(given: Given) -> grant.Ground:
    """The decision as the registry keeps it."""
    return grant.Ground(given.dossier.pk, given.dossier.number, given.at)


def _the_benefit(given: Given) -> Entitlement:
    return grant.the_benefit(given.insured(), given.get("entitlement", ""), on=given["from"])


def _done(one: Entitlement, change: EntitlementChange) -> Done:
    return Done({"entitlement": one.number, "change": str(change.pk)})

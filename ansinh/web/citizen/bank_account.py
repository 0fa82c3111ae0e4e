"""Where one is paid: the account in use, a change that waits, and the form for another one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from ansinh.dossiers.lists import banks
from ansinh.people.actors import Citizen
from ansinh.people.queries import the_person
from ansinh.platform.errors import DomainError, Invalid, NotAllowed
from ansinh.platform.language import pick, translate
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.ask import ask_online
from ansinh.registry.bank_accounts.payable import payable_account, waiting_change
from ansinh.registry.bank_accounts.stop import withdraw as withdraw_change
from ansinh.registry.models import BankAccountChange
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.field_view import options_of
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.strong_proof import step_up_href, strong_proof_of

PARTS = ("bank", "number", "holder")
PLACES = {"bank-missing": "account.bank", "bank-number-form": "account.number", "bank-holder-missing": "account.holder"}


@sensitive_post_parameters()
@citizen_page
def bank_account(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """What is paid where; on POST another account is asked for, after a strong proof."""
    typed = {part: request.POST.get(f"account.{part}", "").strip()[:100] for part in PARTS}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            ask_online(_typed(typed), actor=citizen, proof=strong_proof_of(request, at=now()), at=now())
        except NotAllowed as refused:
            if refused.code == "strong-proof-needed" and (href := step_up_href(request)):
                return HttpResponseRedirect(href)
            errors["account"] = sentence(refused)
        except DomainError as refused:
            errors[PLACES.get(refused.code, "account")] = sentence(refused)
        else:
            return HttpResponseRedirect(reverse("citizen:bank-account"))
    return _page(request, citizen, typed, errors)


@citizen_page
def withdraw(request: HttpRequest, citizen: Citizen, change_id: UUID) -> HttpResponse:
    """Take one's own change back; the button stands on the page of the account."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    withdraw_change(change_id, actor=citizen, at=now())
    return HttpResponseRedirect(reverse("citizen:bank-account"))


def _typed(typed: dict[str, str]) -> BankAccount:
    if typed["bank"] and typed["bank"] not in {one.value for one in banks()}:
        raise Invalid("bank-missing", "Chưa chọn ngân hàng. Xin chọn trong danh sách.")
    return BankAccount.typed(**typed)


def _page(request: HttpRequest, citizen: Citizen, typed: dict[str, str], errors: dict[str, str]) -> HttpResponse:
    at = now()
    waiting = waiting_change(citizen.owner_id, at=at)
    return render(
        request,
        "citizen/bank_account.html",
        status=422 if errors else 200,
        page=frame(
            citizen,
            translate("Tài khoản nhận tiền"),
            current=ACCOUNT,
            back=(translate("Tài khoản của tôi"), reverse("citizen:account")),
            problems=len(errors),
        ),
        facts=_facts(payable_account(citizen.owner_id, at=at)),
        waiting=waiting,
        new=_facts(_account(waiting)) if waiting else [],
        proven=strong_proof_of(request, at=at) is not None,
        step_up_href=step_up_href(request),
        own=citizen.behalf is None,
        options=options_of("banks", today()),
        typed=typed if any(typed.values()) else {**typed, "holder": the_person(citizen.person_id).full_name.upper()},
        errors=errors,
        problems=[{"path": path, "text": text} for path, text in errors.items()],
    )


def _account(change: BankAccountChange) -> BankAccount:
    return BankAccount(change.bank, change.number, change.holder)


def _facts(account: BankAccount | None) -> list[dict[str, Any]]:
    if account is None:
        return []
    names = {one.value: pick(one, "name") for one in banks()}
    return [
        {"label": translate("Ngân hàng"), "value": names.get(account.bank, account.bank)},
        {"label": translate("Số tài khoản"), "value": account.masked},
        {"label": translate("Tên chủ tài khoản"), "value": account.holder},
    ]

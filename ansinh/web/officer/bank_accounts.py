"""Changes of the paid account that need officers: compared at any counter, decided by somebody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from ansinh.dossiers.lists import banks
from ansinh.offices.queries import office_names
from ansinh.people.acting.counter import refuse_unless_counter
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.queries import person_by_number
from ansinh.people.readings import PageKind
from ansinh.people.readings.openings import protected
from ansinh.platform.errors import DomainError
from ansinh.platform.language import pick, translate
from ansinh.platform.row_security.viewer import at_any_counter
from ansinh.registry.bank_accounts import settle
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.ask import ask_at_counter
from ansinh.registry.bank_accounts.payable import others_of, payable_account
from ansinh.registry.models import BankAccountChange
from ansinh.web.actors import officer_page
from ansinh.web.citizen.field_view import options_of
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import BANK_ACCOUNTS, desk, say
from ansinh.web.officer.protected import shown_name
from ansinh.web.officer.watched import Seen, people_page
from ansinh.web.page import Option

WHY = "Đối chiếu, duyệt thay đổi tài khoản nhận tiền"
REASONS = {
    "counter": "Yêu cầu tại quầy, cần cán bộ thứ hai duyệt.",
    "decision": "Theo hồ sơ đổi hình thức lĩnh đã giải quyết; cần đối chiếu người hưởng tại quầy.",
    "holder-differs": "Tên chủ tài khoản khác tên người hưởng.",
    "many-people": "Tài khoản này đã hoặc sắp nhận tiền của người khác.",
    "new-factor": "Khóa đăng nhập hoặc ứng dụng xác thực mới thêm gần đây.",
    "new-contacts": "Điện thoại, thư điện tử hoặc mật khẩu mới thay gần đây.",
}
PARTS = ("bank", "number", "holder")
PLACES = {
    "bank-missing": "account.bank",
    "bank-number-form": "account.number",
    "bank-holder-missing": "account.holder",
    "person-not-found": "so",
    "identity-not-compared": "identity_matches",
}


@people_page(PageKind.BANK_ACCOUNT, WHY)
def changes(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """What waits at the officer's offices, the oldest first; whoever comes to the counter is found by number."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return redirect("officer:bank-account", _taken(request, officer).pk)
        except DomainError as refused:
            errors["so"] = sentence(refused)
    waiting = list(settle.waiting_changes(viewer=officer)[:100])
    seen.note_people(one.person_id for one in waiting)
    hidden = protected([one.person_id for one in waiting], at=now())
    return desk(
        request,
        officer,
        "bank_accounts.html",
        translate("Đổi tài khoản nhận tiền"),
        current=BANK_ACCOUNTS,
        problems=len(errors),
        status=422 if errors else 200,
        rows=[_row(one, hidden) for one in waiting],
        counters=counters_of(officer),
        number=request.POST.get("so", ""),
        errors=errors,
    )


@people_page(PageKind.BANK_ACCOUNT, WHY)
def change(request: HttpRequest, officer: OfficerActor, seen: Seen, change_id: UUID) -> HttpResponse:
    """Old and new account side by side, why officers look, and the acts of this officer."""
    found, problem = settle.the_change(change_id, viewer=officer), {}
    seen.note_people([found.person_id])
    act = request.POST.get("_act", "")
    if request.method == "POST":
        try:
            _perform(act, found, officer, request)
        except DomainError as refused:
            problem = {"path": "note" if refused.code == "reason-missing" else "viec", "text": sentence(refused)}
        else:
            say(request, _done(act, found))
            return redirect("officer:bank-accounts")
    return desk(
        request,
        officer,
        "bank_account.html",
        translate("Đổi tài khoản nhận tiền của {name}", name=found.person.full_name),
        current=BANK_ACCOUNTS,
        back=(translate("Đổi tài khoản nhận tiền"), reverse("officer:bank-accounts")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        change=found,
        is_protected=bool(protected([found.person_id], at=now())),
        reasons=[translate(REASONS[code]) for code in found.reasons],
        sides=_sides(found),
        others=others_of(_account(found), but=found.person_id),
        counters=counters_of(officer),
        decides=any(post.role in settle.DECIDES for post in officer.posts),
        note=request.POST.get("note", ""),
    )


@sensitive_post_parameters()
@officer_page
@at_any_counter()
def begin(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Take in at the counter what a person asks; the person stands there with the identity paper."""
    refuse_unless_counter(officer)
    typed = {part: request.POST.get(f"account.{part}", "").strip()[:100] for part in PARTS}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            ask_at_counter(
                BankAccount.typed(**typed),
                person_id=person_by_number(request.POST.get("so", "")).pk,
                actor=officer,
                office_code=request.POST.get("office", ""),
                identity_matches="identity_matches" in request.POST,
                note=request.POST.get("note", ""),
                at=now(),
            )
        except DomainError as refused:
            errors[PLACES.get(refused.code, "account")] = sentence(refused)
        else:
            say(request, translate("Đã ghi yêu cầu. Một cán bộ khác duyệt thì mới đổi; người hưởng đã được báo."))
            return redirect("officer:bank-accounts")
    return desk(
        request,
        officer,
        "bank_account_begin.html",
        translate("Ghi yêu cầu đổi tài khoản tại quầy"),
        current=BANK_ACCOUNTS,
        back=(translate("Đổi tài khoản nhận tiền"), reverse("officer:bank-accounts")),
        problems=len(errors),
        status=422 if errors else 200,
        number=request.POST.get("so", ""),
        typed=typed,
        note=request.POST.get("note", ""),
        errors=errors,
        problem_list=[{"path": path, "text": text} for path, text in errors.items()],
        options=options_of("banks", today()),
        counters=counters_of(officer),
    )


def _taken(request: HttpRequest, officer: OfficerActor) -> BankAccountChange:
    refuse_unless_counter(officer)
    with at_any_counter():
        person = person_by_number(request.POST.get("so", ""))
        return settle.take_to_counter(person.pk, actor=officer, office_code=request.POST.get("office", ""), at=now())


def _perform(act: str, found: BankAccountChange, officer: OfficerActor, request: HttpRequest) -> None:
    note = request.POST.get("note", "")
    if act == "compare":
        settle.compare(found.pk, actor=officer, office_code=request.POST.get("office", ""), note=note, at=now())
    elif act == "approve":
        settle.approve(found.pk, actor=officer, at=now())
    else:
        settle.refuse(found.pk, actor=officer, note=note, at=now())


def _done(act: str, found: BankAccountChange) -> str:
    words = {
        "compare": translate("Đã ghi đối chiếu của {name}. Cán bộ khác duyệt tiếp.", name=found.person.full_name),
        "approve": translate("Đã duyệt đổi tài khoản của {name}.", name=found.person.full_name),
    }
    return words.get(act, translate("Đã từ chối; {name} được báo lý do.", name=found.person.full_name))


def _row(one: BankAccountChange, hidden: frozenset[UUID]) -> dict[str, Any]:
    return {
        "change": one,
        "name": shown_name(one.person_id, one.person.full_name, hidden),
        "href": reverse("officer:bank-account", args=[one.pk]),
        "reasons": [translate(REASONS[code]) for code in one.reasons],
    }


def _account(one: BankAccountChange) -> BankAccount:
    return BankAccount(one.bank, one.number, one.holder)


def _sides(one: BankAccountChange) -> list[dict[str, str]]:
    """Bank, number and holder: in use, and asked for. The whole number of the new one, to compare with its paper."""
    present, asked = payable_account(one.person_id, at=now()), _account(one)
    names = {bank.value: pick(bank, "name") for bank in banks()}
    return [
        {
            "label": translate("Ngân hàng"),
            "now": names.get(present.bank, present.bank) if present else "–",
            "new": names.get(asked.bank, asked.bank),
        },
        {"label": translate("Số tài khoản"), "now": present.masked if present else "–", "new": asked.number},
        {"label": translate("Tên chủ tài khoản"), "now": present.holder if present else "–", "new": asked.holder},
    ]


def counters_of(officer: OfficerActor) -> list[Option]:
    codes = sorted({post.office_code for post in officer.posts if post.role == Role.INTAKE})
    names = office_names(set(codes))
    return [Option(code, pick(names[code], "name")) for code in codes]

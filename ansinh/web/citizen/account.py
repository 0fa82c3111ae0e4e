"""The account: what the agency holds about the person, notices, and a new password."""

from __future__ import annotations

from datetime import date

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.notifications.queries import notices_of
from ansinh.people.actors import Citizen
from ansinh.people.change_password import change_password
from ansinh.people.contacts import masked
from ansinh.people.organisations.invite import invitations_to
from ansinh.people.queries import contacts_of, the_person
from ansinh.platform.errors import DomainError
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.actors import citizen_page, network, render
from ansinh.web.citizen.frame import ACCOUNT, address, frame
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence


@citizen_page
def account(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Facts of the account, and the latest notices."""
    person = the_person(citizen.person_id)
    phone, email = contacts_of(citizen.account_id)
    held = translate("Sổ của cơ quan BHXH")
    facts = [
        {"label": translate("Họ và tên"), "value": person.full_name, "source": held},
        {"label": translate("Ngày sinh"), "value": _date(person.date_of_birth), "source": held},
        {"label": translate("Số định danh cá nhân"), "value": person.personal_id_number, "source": held},
        {"label": translate("Mã số BHXH"), "value": person.si_number or "–", "source": held},
        {"label": translate("Điện thoại nhận mã"), "value": masked(phone) if phone else "–"},
        {"label": translate("Thư điện tử nhận mã"), "value": masked(email) if email else "–"},
    ]
    return render(
        request,
        "citizen/account.html",
        page=frame(citizen, translate("Tài khoản của tôi"), current=ACCOUNT),
        facts=facts,
        notices=notices_of(citizen.account_id, limit=20),
        changed="doi-xong" in request.GET,
        invited=len(invitations_to(citizen, on=today())),
        wrong_href=address("public:service", slug="cap-lai-doi-dieu-chinh-so-the"),
    )


def _date(text: str) -> str:
    return date_vi(date.fromisoformat(text)) if len(text) == 10 else text


@citizen_page
def password(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Set a new password with the old one; other sessions of the account end."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            changed = change_password(
                citizen.account_id,
                old=request.POST.get("old_password", ""),
                new=request.POST.get("new_password", ""),
                network=network(request),
                at=now(),
            )
        except DomainError as refused:
            place = "old_password" if refused.code.startswith(("old-", "sign-in")) else "new_password"
            errors[place] = sentence(refused)
        else:
            update_session_auth_hash(request, changed)
            return HttpResponseRedirect(f"{reverse('citizen:account')}?doi-xong=1")
    return render(
        request,
        "citizen/password.html",
        status=422 if errors else 200,
        page=frame(
            citizen,
            translate("Đổi mật khẩu"),
            current=ACCOUNT,
            back=(translate("Tài khoản của tôi"), reverse("citizen:account")),
            problems=len(errors),
        ),
        login=the_person(citizen.person_id).personal_id_number,
        errors=errors,
        problems=[{"path": path, "text": text} for path, text in errors.items()],
    )

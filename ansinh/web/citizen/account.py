"""The account: what the agency holds about the person, and notices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ansinh.notifications.queries import notices_of
from ansinh.people.actors import Citizen
from ansinh.people.contacts import masked
from ansinh.people.organisations.invite import invitations_to
from ansinh.people.queries import contacts_of, the_person
from ansinh.platform.language import translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, address, frame
from ansinh.web.citizen.identities import TOLD, lines
from ansinh.web.clock import today
from ansinh.web.formats import shown_date


@citizen_page
def account(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Facts of the account, and the latest notices."""
    person = the_person(citizen.person_id)
    phone, email = contacts_of(citizen.account_id)
    held = translate("Sổ của cơ quan BHXH")
    identities, free = lines(citizen)
    facts = [
        {"label": translate("Họ và tên"), "value": person.full_name, "source": held},
        {"label": translate("Ngày sinh"), "value": shown_date(person.date_of_birth), "source": held},
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
        identities=identities,
        free=free,
        link_told=request.GET.get(TOLD, ""),
        notices=notices_of(citizen.account_id, limit=20),
        invited=len(invitations_to(citizen, on=today())),
        wrong_href=address("public:service", slug="cap-lai-doi-dieu-chinh-so-the"),
    )

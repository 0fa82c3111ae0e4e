"""What the office told me (R-129): every notice, newest first; opening the page is reading them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.notifications.models import Notice
from ansinh.notifications.queries import mark_all_read, notices_of
from ansinh.people.actors import Citizen
from ansinh.platform.language import pick, translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import NOTICES, frame
from ansinh.web.clock import now


@citizen_page
def notices(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """The last fifty notices; those not read before are marked as new."""
    found = notices_of(citizen.account_id, owner_id=citizen.others_id)
    page = render(
        request,
        "citizen/notices.html",
        page=frame(citizen, translate("Thông báo"), current=NOTICES),
        notices=[_shown(one) for one in found],
    )
    if request.method == "GET":
        mark_all_read(account_id=citizen.account_id, owner_id=citizen.others_id, at=now())
    return page


def _shown(notice: Notice) -> dict[str, Any]:
    return {
        "title": pick(notice, "title"),
        "body": pick(notice, "body"),
        "at": notice.created_at,
        "is_new": notice.read_at is None,
        "href": reverse("citizen:dossier", kwargs={"dossier_id": notice.dossier_id}) if notice.dossier_id else "",
    }

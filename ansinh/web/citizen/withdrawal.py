"""Take a dossier back: a page says what that means, then the button does it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import refuse_without, the_dossier
from ansinh.dossiers.models import CLOSED_STATES
from ansinh.dossiers.withdraw import withdraw as withdraw_dossier
from ansinh.people.actors import Citizen, Right
from ansinh.platform.language import pick, translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import DOSSIERS, frame
from ansinh.web.clock import now


@citizen_page
def withdraw(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> HttpResponse:
    """Ask, then withdraw on POST."""
    dossier = the_dossier(dossier_id, actor=citizen)
    refuse_without(Right.SIGN, actor=citizen)
    here = reverse("citizen:dossier", kwargs={"dossier_id": dossier.pk})
    if request.method == "POST":
        withdraw_dossier(dossier.pk, actor=citizen, reason=request.POST.get("reason", ""), at=now())
        return HttpResponseRedirect(here)
    if dossier.state in CLOSED_STATES:
        return HttpResponseRedirect(here)
    return render(
        request,
        "citizen/withdraw.html",
        page=frame(
            citizen,
            translate("Rút hồ sơ này?"),
            current=DOSSIERS,
            back=(translate("Hồ sơ {number}", number=dossier.number), here),
        ),
        dossier=dossier,
        name=pick(frozen(dossier.version_id).procedure, "short_name"),
        here=here,
    )

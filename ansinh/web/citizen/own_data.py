"""What is held about me, why and how long; and a copy of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from ansinh.casework.own_data.rows import Owner, counts
from ansinh.dossiers.access import refuse_without
from ansinh.people.actors import Citizen, Right
from ansinh.people.data_rights.exports import ask_for_copy, content_of, copies_of
from ansinh.people.data_rights.register import Category, categories
from ansinh.people.models import DataExport
from ansinh.platform.errors import Conflict
from ansinh.platform.language import pick, translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.strong_proof import refuse_without_step_up


@citizen_page
def own_data(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """The register with my own counts; on POST a copy is ordered."""
    refuse_without(Right.READ, actor=citizen)
    problem = ""
    if request.method == "POST":
        try:
            ask_for_copy(citizen, at=now())
            return HttpResponseRedirect(reverse("citizen:own-data"))
        except Conflict as refused:
            problem = sentence(refused)
    held = counts(Owner.of(citizen.owner_id, account_id=citizen.account_id))
    copies = [_copy(one) for one in copies_of(citizen)]
    return render(
        request,
        "citizen/own_data.html",
        status=409 if problem else 200,
        page=frame(
            citizen,
            translate("Dữ liệu về tôi"),
            current=ACCOUNT,
            back=(translate("Tài khoản của tôi"), reverse("citizen:account")),
            problems=1 if problem else 0,
        ),
        problem=problem,
        categories=[_category(one, held) for one in categories() if one.key != "staff"],
        copies=copies,
        being_made=any(one["being_made"] for one in copies),
    )


@citizen_page
def download(request: HttpRequest, citizen: Citizen, export_id: UUID) -> HttpResponse:
    """A finished copy, within its hours, for who proved oneself just now: it is everything we hold in one file."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET"])
    refuse_without(Right.READ, actor=citizen)
    refuse_without_step_up(request, onward=f"{reverse('citizen:own-data')}#ban-sao")
    content = content_of(export_id, actor=citizen, at=now())
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="du-lieu-cua-toi-{now():%Y%m%d}.zip"'
    return response


def _category(one: Category, held: dict[str, int]) -> dict[str, Any]:
    facts = (
        (translate("Gồm"), "what"),
        (translate("Để làm gì"), "why"),
        (translate("Căn cứ"), "ground"),
        (translate("Giữ bao lâu"), "kept"),
        (translate("Ai xem được"), "seen"),
    )
    rows = [{"label": label, "value": pick(one, name)} for label, name in facts]
    if not one.copied:
        rows.append({"label": translate("Vì sao không có trong bản sao"), "value": pick(one, "not_copied")})
    return {"key": one.key, "name": pick(one, "name"), "rows": rows, "sensitive": one.sensitive, "n": held.get(one.key)}


def _copy(one: DataExport) -> dict[str, Any]:
    over = one.ends_at is not None and one.ends_at <= now()
    return {
        "asked_at": one.asked_at,
        "being_made": one.made_at is None,
        "over": over,
        "ends_at": one.ends_at,
        "size": one.size,
        "href": "" if over or one.made_at is None else reverse("citizen:data-copy", kwargs={"export_id": one.pk}),
    }

"""Groups of recipients of one's offices."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.directives import groups as known
from ansinh.directives.access import offices_drafted_for
from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.models_organisations import OrganisationKind
from ansinh.platform.errors import DomainError, NotAllowed, NotFound
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import LETTERS, desk, say
from ansinh.web.page import Option


@officer_page
def recipient_groups(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """The groups with their members; POST makes a group, adds or removes a member."""
    codes = offices_drafted_for(officer)
    if not codes:
        raise NotAllowed(
            "not-your-letters",
            "Việc soạn và chuyển văn bản của văn thư, lãnh đạo và trưởng phòng ở cơ quan này. Xin nhờ người phụ trách.",
        )
    problem = ""
    if request.method == "POST":
        try:
            say(request, _act(request, officer))
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return redirect("officer:recipient-groups")
    names = office_names(set(codes))
    groups = [one for code in sorted(codes) for one in known.groups_of(code, on=today())]
    return desk(
        request,
        officer,
        "letters/groups.html",
        translate("Nhóm nơi nhận"),
        current=LETTERS,
        back=(translate("Văn bản"), reverse("officer:letters")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        groups=[
            {
                "id": one.pk, "name": pick(one, "name"), "office": pick(names[one.office_id], "name"),
                "members": known.members_on(one.pk, on=today())[1],
            }
            for one in groups
        ],
        offices=[Option(code, pick(one, "name")) for code, one in sorted(names.items())],
        kinds=[Option(key, translate(label)) for key, label in OrganisationKind.choices],
        usual=[translate(one) for one in known.USUAL],
        typed=request.POST,
    )  # fmt: skip


def _act(request: HttpRequest, officer: OfficerActor) -> str:
    typed = request.POST
    match typed.get("_act"):
        case "group":
            known.make_group(
                typed.get("office", ""), name_vi=typed.get("name_vi", ""), name_en=typed.get("name_en", ""),
                organisation_kind=typed.get("kind", ""), actor=officer, at=now(),
            )  # fmt: skip
            return translate("Đã lập nhóm.")
        case "member":
            group = typed.get("group", "")
            known.add_member(
                _uuid(group), name=typed.get(f"name-{group}", ""), contact=typed.get(f"contact-{group}", ""),
                actor=officer, at=now(),
            )  # fmt: skip
            return translate("Đã thêm nơi nhận.")
        case "remove":
            known.remove_member(_uuid(typed.get("group", "")), typed.get("member", ""), actor=officer, at=now())
            return translate("Đã bỏ nơi nhận.")
    raise NotFound("act-unknown", "Trang không có việc này. Xin tải lại trang.")


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise NotFound("act-unknown", "Trang không có việc này. Xin tải lại trang.") from None

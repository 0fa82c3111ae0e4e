"""Extend many dossiers on one ground: choose them, and the list of what was extended."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework.batch.press import MOST, the_press
from ansinh.casework.extend import extendable, leads_somewhere
from ansinh.casework.extension_letter import extended_by
from ansinh.casework.filters import DUE
from ansinh.catalogue.queries import newest
from ansinh.dossiers.models import Dossier
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import NotAllowed, NotFound
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.clock import today
from ansinh.web.officer.figures.tables import Table, xlsx_of
from ansinh.web.officer.frame import WORK, desk
from ansinh.web.officer.queue_view import due_of, href_of, service_name
from ansinh.web.officer.watched import Seen, list_page
from ansinh.web.page import Option


@list_page(PageKind.SIGN_LIST)
def extend_many(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """Open dossiers with a clock at the offices one leads; ticked ones go to the page that asks for the ground."""
    if not leads_somewhere(officer):
        raise NotAllowed(
            "extension-not-yours", "Gia hạn do lãnh đạo của cơ quan đang giữ hồ sơ quyết định. Xin trình lãnh đạo."
        )
    procedure, due = request.GET.get("thu-tuc", ""), request.GET.get("han", "")
    found = extendable(officer, on=today(), procedure=procedure, due=due, most=MOST)
    seen.note(found)
    offered = found if not procedure else extendable(officer, on=today(), due=due, most=MOST)
    services = newest(sorted({one.procedure for one in offered}))
    return desk(
        request,
        officer,
        "extend_many.html",
        translate("Gia hạn nhiều hồ sơ: {n} hồ sơ đang tính giờ", n=len(found)),
        current=WORK,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        rows=[_row(one) for one in found],
        most=MOST,
        procedure=procedure,
        due=due,
        procedures=[Option(slug, pick(folder.procedure, "short_name")) for slug, folder in services.items()],
        dues=[Option(key, translate(words)) for key, words in DUE.items()],
    )


@list_page(PageKind.DOCUMENT)
def extension_list(request: HttpRequest, officer: OfficerActor, seen: Seen, press_id: UUID) -> HttpResponse:
    """The annex: each dossier of the press that was extended, with old and new day."""
    press = the_press(press_id, actor=officer)
    rows = extended_by(press) if press.act == "extend" else []
    if not rows:
        raise NotFound("no-extension-list", "Lần làm này chưa gia hạn hồ sơ nào nên không có danh sách.")
    seen.note(one.dossier for one in rows)
    columns = ("Số hồ sơ", "Người nộp", "Hẹn trước", "Hẹn mới", "Căn cứ", "Văn bản", "Vì sao")
    table = Table(
        "extended",
        translate("Danh sách hồ sơ được gia hạn"),
        tuple(translate(one) for one in columns),
        [
            (
                one.dossier.number,
                one.dossier.applicant_name,
                date_vi(one.old_due) if one.old_due else "",
                date_vi(one.new_due) if one.new_due else "",
                one.basis_vi,
                f"{one.document_number}, {date_vi(one.document_day)}" if one.document_day else one.document_number,
                one.why_vi,
            )
            for one in rows
        ],
    )
    return xlsx_of([table], f"gia-han-{date_vi(press.made_at).replace('/', '-')}")


def _row(dossier: Dossier) -> dict[str, object]:
    return {
        "id": dossier.pk,
        "number": dossier.number,
        "href": href_of(dossier),
        "person": dossier.applicant_name,
        "service": service_name(dossier),
        "due": due_of(dossier, today=today(), calendar=work_calendar()),
    }

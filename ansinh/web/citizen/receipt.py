"""The receipt: what was received, when each result is due or why the clock has not started, and how to check it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from ansinh.casework.clock import expected
from ansinh.casework.receipt import receipt_data
from ansinh.catalogue.limits import expected_results
from ansinh.catalogue.queries import frozen
from ansinh.documents.qr import qr_svg
from ansinh.dossiers.access import the_dossier
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.signed_document import signed_document
from ansinh.dossiers.words import due_words
from ansinh.offices.queries import office, work_calendar
from ansinh.people.actors import Citizen
from ansinh.platform.language import current, pick, translate
from ansinh.platform.vietnamese import datetime_vi, document_date_vi
from ansinh.platform.zone import local
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.dossier import document_href
from ansinh.web.citizen.frame import DOSSIERS, frame
from ansinh.web.clock import now

FRESH = timedelta(minutes=10)


@citizen_page
def receipt(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> HttpResponse:
    """The page people see first after filing; until the PDF is made it says so and asks again."""
    dossier = the_dossier(dossier_id, actor=citizen)
    document = dossier.documents.filter(kind="receipt").first()
    printed = receipt_data(dossier, at=now())
    held_by = office(dossier.home_office)
    return render(
        request,
        "citizen/receipt.html",
        page=frame(
            citizen,
            translate("Giấy tiếp nhận hồ sơ"),
            current=DOSSIERS,
            back=(translate("Hồ sơ của tôi"), reverse("citizen:home")),
        ),
        dossier=dossier,
        office=held_by,
        rows=_rows(dossier, pick(held_by, "name")),
        place_and_date=document_date_vi(local(dossier.submitted_at).date()),
        qr=Markup(qr_svg(printed["qr_address"])),  # noqa: S704 - drawn by us from our own address
        check_address=printed["check_address"],
        received=_received(dossier),
        evidence=printed["evidence"],
        is_fresh=now() - dossier.submitted_at < FRESH,
        pdf_href=document_href(document) if document else "",
        pdf_size=document.size if document else 0,
        waits_for_originals=dossier.state == State.WAITING_FOR_ORIGINALS,
        originals=printed["originals"],
    )


def _rows(dossier: Dossier, office_name: str) -> list[dict[str, Any]]:
    procedure = frozen(dossier.version_id).procedure
    outside = translate("Ngoài giờ làm việc thì tính là nhận vào đầu ngày làm việc tiếp theo.")
    return [
        {"label": translate("Người nộp"), "value": dossier.applicant_name},
        {"label": translate("Thủ tục"), "value": pick(procedure, "name")},
        {"label": translate("Nơi nhận"), "value": office_name},
        {"label": translate("Nộp lúc"), "value": datetime_vi(dossier.submitted_at), "note": outside},
        *result_rows(dossier),
    ]


def result_rows(dossier: Dossier) -> list[dict[str, Any]]:
    """Each result the dossier can have with its due day, or why the clock has not started."""
    folder = frozen(dossier.version_id)
    limits = {
        one.key: one.limit.words_en if current() == "en" else one.limit.words_vi
        for one in expected(
            folder, dossier.answers, accepted_at=dossier.submitted_at, pauses=[], calendar=work_calendar()
        )
    }
    due = {row["key"]: row["on"] for row in dossier.results_due}
    rows = []
    for result in expected_results(folder, dossier.answers):
        on, limit = due.get(result.key), limits.get(result.key)
        rows.append(
            {
                "label": translate("Hẹn trả: {result}", result=pick(result, "name")),
                "value": due_words(date.fromisoformat(on)) if on else translate("Chưa tính"),
                "note": "" if on else f"{_why_not(dossier)} {_limit(limit)}",
            }
        )
    return rows


def _why_not(dossier: Dossier) -> str:
    if dossier.state == State.WAITING_FOR_ORIGINALS:
        return translate("Đang chờ bản chính qua bưu điện.")
    if dossier.state == State.WAITING_FOR_APPLICANT:
        return translate("Đang dừng, chờ bổ sung.")
    return translate("Thời hạn tính từ khi cơ quan tiếp nhận hồ sơ đủ.")


def _limit(words: str | None) -> str:
    if words is None:
        return translate("Kết quả này không có thời hạn riêng.")
    return translate("Thời hạn là {limit}.", limit=words)


def _received(dossier: Dossier) -> list[dict[str, Any]]:
    answers = len(dossier.answers)
    form = {"name": translate("Tờ khai, {n} câu trả lời", n=answers), "size": 0, "digest": dossier.digest}
    names = {paper.key: pick(paper, "name") for paper in frozen(dossier.version_id).papers}
    papers = dossier.papers.filter(round=1).order_by("requirement", "row", "id")
    signed = signed_document(dossier)
    own = {"name": translate("Tờ khai đã ký số"), "size": signed.size, "digest": signed.sha256} if signed else None
    return [
        form,
        *([own] if own else []),
        *({"name": f"{names[one.requirement]}: {one.name}", "size": one.size, "digest": one.sha256} for one in papers),
    ]

"""Treatment costs of a facility: send the files of a quarter, see what they sum up to, take one back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.dossiers.claims.hand_in import LARGEST, SETTLEMENT, facility_of, hand_in, take_back
from ansinh.dossiers.claims.period import of_day, quarter_totals, quarters_of
from ansinh.dossiers.models import ClaimFile
from ansinh.people.actors import Citizen
from ansinh.platform.errors import DomainError, Invalid, NotAllowed, NotFound
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import money, number
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.card_check import not_for_you
from ansinh.web.citizen.frame import DOSSIERS, address, frame
from ansinh.web.claim_findings import FindingsPage, columns, counted, findings_page
from ansinh.web.clock import now
from ansinh.web.errors import sentence

FILE = "tep"
CHOSEN = "loi"


@citizen_page
def claims(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """The quarters with their files; a file that is refused says why, and nothing else changes."""
    title = translate("Dữ liệu chi phí khám chữa bệnh")
    try:
        facility = facility_of(citizen)
    except NotAllowed as refused:
        return not_for_you(request, citizen, title, refused)
    problem = ""
    if request.method == "POST":
        try:
            _do(request, citizen)
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return HttpResponseRedirect(reverse("citizen:claims"))
    return render(
        request,
        "citizen/claims.html",
        status=422 if problem else 200,
        page=frame(citizen, title, current=DOSSIERS, problems=int(bool(problem))),
        field=FILE,
        problem=problem,
        megabytes=LARGEST // (1024 * 1024),
        shown=_findings(request, facility.pk),
        columns=columns(),
        quarters=[_quarter(facility.facility_code, one) for one in quarters_of(facility.pk)],
        settle_href=address("public:service", slug=SETTLEMENT),
    )


def _do(request: HttpRequest, citizen: Citizen) -> None:
    if wanted := request.POST.get("_take_back", ""):
        try:
            take_back(UUID(wanted), actor=citizen, at=now())
        except ValueError:
            raise NotFound("claim-file-not-found", "Không có tệp này. Xin tải lại trang.") from None
        return
    file = request.FILES.get(FILE)
    if not isinstance(file, UploadedFile) or not file.size:
        raise Invalid("no-claim-file", "Chưa chọn tệp nào. Xin chọn tệp XML của phần mềm khám chữa bệnh.")
    hand_in(file.read(), name=str(file.name), actor=citizen, at=now())


def _quarter(facility_code: str, files: list[ClaimFile]) -> dict[str, Any]:
    year, quarter = of_day(files[0].first_day)
    totals = quarter_totals(facility_code, year=year, quarter=quarter)
    return {
        "title": translate("Quý {quarter}/{year}", quarter=quarter, year=year),
        "facts": [
            {"label": translate("Số hồ sơ"), "value": number(totals.records)},
            {"label": translate("Tổng chi phí"), "value": money(totals.total_cost)},
            {"label": translate("Quỹ BHYT chi trả"), "value": money(totals.fund_amount)},
            {"label": translate("Người bệnh cùng chi trả"), "value": money(totals.patient_amount)},
        ],
        "files": [
            {"id": one.pk, "name": one.name, "records": one.records, "at": one.uploaded_at, "sha256": one.sha256[:16],
             "found": counted(one)}
            for one in files
        ],
    }  # fmt: skip


def _findings(request: HttpRequest, facility_id: UUID) -> FindingsPage | None:
    """What was found in the file that is asked for, if it is the facility's and counts."""
    wanted = request.GET.get(CHOSEN, "")
    found = [one for files in quarters_of(facility_id) for one in files if str(one.pk) == wanted]
    at = request.GET.get("trang", "1")
    return findings_page(found[0], at=int(at) if at.isdecimal() and len(at) < 5 else 1) if found else None

"""Is this PDF a result we issued, signed and unchanged? For anybody who was handed one."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from ansinh.dossiers.issued import Issued, issued_document
from ansinh.files.limits import MAX_BYTES
from ansinh.people import asked_often
from ansinh.platform.errors import NotAllowed
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi, size_vi
from ansinh.signing.check_file import check_file
from ansinh.signing.report import SignatureReport
from ansinh.web.actors import network, public_page
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.formats import groups4
from ansinh.web.public import signature_report
from ansinh.web.public.frame import frame, show
from ansinh.web.public.words import ISSUED, named

COUNTED, MOST = "check-paper", 60


@public_page
def check_paper(request: HttpRequest) -> HttpResponse:
    """The form; on POST what the file is. The file is read, checked and forgotten."""
    if request.method != "POST":
        return _form(request)
    file = request.FILES.get("van_ban")
    error = _fault(file)
    if error or not isinstance(file, UploadedFile):
        return _form(request, error=error, status=422)
    try:
        asked_often.take(COUNTED, network=network(request), most=MOST, at=now())
    except NotAllowed as refused:
        return _form(request, error=sentence(refused), status=429)
    content = file.read()
    issued = issued_document(sha256(content).hexdigest())
    # A paper of ours is known since the day it was issued: the certificate may have run out since.
    report = check_file(content, at=issued.issued_at if issued else now())
    title, kind = verdict(report, issued)
    return show(
        request,
        "public/check_paper.html",
        frame(request, title),
        error="",
        limits=limits(),
        result={
            "kind": kind,
            "text": _advice(report, issued),
            "findings": signature_report.faults(report.findings),
            "warnings": signature_report.faults(report.warnings),
            "paper": _facts(issued),
            "signature": signature_report.facts(report),
            "file_name": file.name or "",
            "digest": groups4(report.digest),
        },
    )


def verdict(report: SignatureReport, issued: Issued | None) -> tuple[str, str]:
    """The finding as a sentence, and its kind. Only a file of ours with a good signature is called genuine."""
    if report.valid and issued:
        return translate("Văn bản này đúng do cơ quan BHXH phát hành, chưa bị sửa"), "ok"
    if report.valid:
        return translate("Chữ ký số đúng, nhưng văn bản không có trong hệ thống này"), "wait"
    if issued:
        return translate("Văn bản này có trong hệ thống, nhưng chữ ký số không kiểm tra được"), "wait"
    return translate("Chưa xác nhận được văn bản này"), "bad"


def limits() -> str:
    """What may be chosen, in words."""
    return translate("Tệp PDF hoặc XML gốc, không quá {size}.", size=size_vi(MAX_BYTES))


def _fault(file: object) -> str:
    if not isinstance(file, UploadedFile):
        return translate("Chưa chọn tệp nào. Xin chọn tệp PDF hoặc XML cần kiểm tra.")
    if not file.size:
        return translate("Tệp này rỗng. Xin tải lại bản gốc rồi chọn lại.")
    if file.size > MAX_BYTES:
        return translate(
            "Tệp lớn hơn {size} nên không kiểm tra ở đây được. Kết quả của cơ quan BHXH nhỏ hơn nhiều; "
            "xin tải lại bản gốc.",
            size=size_vi(MAX_BYTES),
        )
    return ""


def _advice(report: SignatureReport, issued: Issued | None) -> str:
    if report.valid and issued:
        return translate("Từng chữ trong tệp giống hệt bản mà cơ quan đã ký và giữ.")
    if report.valid:
        return translate(
            "Nơi ký nằm trong danh sách tin cậy và tệp chưa bị sửa, nhưng không phải bản do cổng này phát hành. "
            "Xin hỏi cơ quan ghi trên văn bản."
        )
    if issued:
        return translate("Tệp giống hệt bản đang giữ. Muốn chắc chắn, xin hỏi cơ quan đã phát hành.")
    return translate("Đừng dùng văn bản này làm căn cứ trước khi hỏi cơ quan ghi trên đó.")


def _facts(issued: Issued | None) -> list[dict[str, Any]]:
    if issued is None:
        return []
    rows = [
        {"label": translate("Loại văn bản"), "value": named(ISSUED, issued.kind)},
        {"label": translate("Số văn bản"), "value": issued.number} if issued.number else {},
        {"label": translate("Thuộc hồ sơ"), "value": issued.dossier_number},
        {"label": translate("Cơ quan phát hành"), "value": pick(issued.office, "name")},
        {"label": translate("Ngày phát hành"), "value": date_vi(issued.issued_at)},
    ]
    return [row for row in rows if row]


def _form(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    return show(
        request,
        "public/check_paper.html",
        frame(request, translate("Kiểm tra văn bản đã nhận"), problems=bool(error)),
        status=status,
        error=error,
        limits=limits(),
        result=None,
    )

"""A scanned code: whose it is, whether it still holds, and which paper or card it belongs to."""

from __future__ import annotations

import hashlib

from ansinh.casework.statement import KIND
from ansinh.documents.attached import statement_in
from ansinh.dossiers.issued import Issued, issued_by_id
from ansinh.platform.errors import Invalid, NotFound
from ansinh.platform.language import translate
from ansinh.platform.storage import open_file
from ansinh.platform.vietnamese import datetime_vi
from ansinh.signing import qr_token
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.formats import groups4
from ansinh.web.public.check_card import check_card
from ansinh.web.public.check_words import PaperResult, issued_facts
from ansinh.web.public.frame import address


def check_code(code: str) -> PaperResult:
    """What the page says about a scanned code."""
    try:
        read = qr_token.read(code)
    except Invalid as refused:
        return PaperResult(translate("Mã này không phải của cổng này"), "bad", sentence(refused))
    made = {"label": translate("Mã tạo lúc"), "value": datetime_vi(read.made_at)}
    ends = {"label": translate("Mã có giá trị đến"), "value": datetime_vi(read.ends_at)}
    if read.expired(at=now()):
        text = translate("Mã từng do cổng này tạo, nay đã quá hạn. Xin lấy mã mới từ người xuất trình.")
        return PaperResult(translate("Mã đã hết hạn"), "wait", text, paper=[made, ends])
    if read.kind is qr_token.Kind.CARD:
        return check_card(read, moments=[made, ends])
    issued = issued_by_id(read.about)
    if issued is None or not _states(issued, read.digest):
        text = translate("Mã do cổng này ký, nhưng hệ thống hiện không có văn bản đó. Xin hỏi cơ quan ghi trên giấy.")
        return PaperResult(translate("Không tìm thấy văn bản của mã này"), "wait", text, paper=[made])
    title, kind, text = _verdict(issued)
    return PaperResult(
        title,
        kind,
        text,
        paper=[*issued_facts(issued), made],
        digest=groups4(issued.sha256),
        look_up=address("public:look-up-number", number=issued.dossier_number),
    )


def _verdict(issued: Issued) -> tuple[str, str, str]:
    """Title, kind and what to do, of a paper the code of which is right."""
    if issued.standing.state == "replaced":
        return (
            translate("Mã đúng, nhưng văn bản này đã được thay bằng văn bản khác"),
            "wait",
            translate("Không còn là kết quả hiện hành. Xin hỏi người xuất trình văn bản thay thế ghi dưới đây."),
        )
    if issued.standing.state == "again":
        return (
            translate("Mã đúng; kết quả này đang được xem xét lại"),
            "wait",
            translate("Văn bản vẫn có giá trị cho đến khi có kết quả mới. So từng dòng dưới đây với tờ giấy đang cầm."),
        )
    return (
        translate("Mã đúng: văn bản này do cơ quan BHXH phát hành"),
        "ok",
        translate("So từng dòng dưới đây với tờ giấy đang cầm. Khác một dòng thì không phải văn bản này."),
    )


def _states(issued: Issued, digest: str) -> bool:
    """Whether the kept paper states what the code says."""
    try:
        with open_file(issued.sha256) as file:
            stated = statement_in(file.read(), kind=KIND)
    except NotFound:
        return False
    return stated is not None and hashlib.sha256(stated).hexdigest().startswith(digest)

"""The files of a letter, held to their digests whenever somebody gets them (R-179)."""

from __future__ import annotations

from datetime import datetime
from io import BufferedReader, BytesIO
from uuid import UUID

from django.db import transaction

from ansinh.directives.letter_pdf import signed_pdf
from ansinh.directives.models import Attachment, Letter, LetterState
from ansinh.platform.errors import Conflict, NotFound, NotNow
from ansinh.platform.storage import open_file, put, verify

LARGEST = 20 * 1024 * 1024


def refuse_changed(letter: Letter) -> None:
    """Raise Conflict when a file of the letter is not what was attached."""
    for one in letter.attachments.all():
        _refuse_changed(one.sha256, one.name)
    if letter.pdf_sha256:
        _refuse_changed(letter.pdf_sha256, letter.full_number)


def attached_file(letter: Letter, attachment_id: UUID) -> tuple[Attachment, BufferedReader]:
    """A file of the letter, checked against its digest. Raises NotFound, Conflict."""
    found = letter.attachments.filter(pk=attachment_id).first()
    if found is None:
        raise NotFound("attachment-unknown", "Văn bản không có tệp này. Xin tải lại trang.")
    _refuse_changed(found.sha256, found.name)
    return found, open_file(found.sha256)


def pdf_of(letter: Letter) -> BufferedReader:
    """The signed PDF of an issued letter, checked against its digest. Raises NotNow until it is made, Conflict."""
    if not letter.pdf_sha256:
        raise NotNow("letter-being-signed", "Văn bản đang được ký số. Xin mở lại sau ít phút.")
    _refuse_changed(letter.pdf_sha256, letter.full_number)
    return open_file(letter.pdf_sha256)


def make_pdf(letter_id: UUID, *, at: datetime) -> None:
    """Sign and keep the PDF of an issued letter, once. Raises NotNow while time-stamps or the token are away."""
    letter = Letter.objects.select_related("office", "signer").get(pk=letter_id)
    if letter.state != LetterState.ISSUED or letter.pdf_sha256:
        return
    stored = put(BytesIO(signed_pdf(letter, at=at)), limit=LARGEST)
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk, pdf_sha256="").update(pdf_sha256=stored.sha256, pdf_size=stored.size)


def _refuse_changed(sha256: str, name: str) -> None:
    if not verify(sha256):
        raise Conflict(
            "file-changed",
            "Tệp “{name}” trong kho không còn đúng như lúc đính kèm nên không gửi đi. Xin báo quản trị hệ thống ngay.",
            name=name,
        )

"""Files of letters as downloads: the bytes as they were signed or attached."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse

from ansinh.directives import files
from ansinh.directives.models import Letter


def pdf_response(letter: Letter) -> FileResponse:
    """The signed PDF of an issued letter. Raises NotNow, Conflict."""
    name = f"{letter.full_number.replace('/', '-')}.pdf"
    return FileResponse(files.pdf_of(letter), content_type="application/pdf", filename=name)


def attachment_response(letter: Letter, attachment_id: UUID) -> FileResponse:
    """A file that goes with a letter. Raises NotFound, Conflict."""
    attached, stream = files.attached_file(letter, attachment_id)
    response = FileResponse(stream, content_type=attached.media_type, as_attachment=True, filename=attached.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response

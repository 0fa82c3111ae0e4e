"""Files that are made while they are sent."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse

from ansinh.dossiers.models import Dossier


def bundle_of(dossier: Dossier, pieces: Iterator[bytes]) -> StreamingHttpResponse:
    """The evidence bundle of a dossier as a download."""
    name = f"bang-chung-{dossier.number.replace('/', '-')}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)

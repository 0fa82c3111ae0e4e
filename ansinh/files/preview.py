"""Pictures of papers for people to look at: drawn once in the sandbox, then kept beside the storage."""

import os
import tempfile
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings

from ansinh.files.limits import MediaType
from ansinh.files.models import StoredFile
from ansinh.files.refusals import refusal
from ansinh.files.sandbox import Undecodable, decode
from ansinh.platform.errors import NotFound
from ansinh.platform.storage import open_file

WIDTHS: Final = (320, 640, 1280, 1920)
"""The widths drawn, in pixels; others are taken to the next larger one, so the cache stays small."""


class Shown(Protocol):
    """What can be drawn: a paper of a store, a scan of the post."""

    file_id: str
    file: StoredFile
    name: str
    page_count: int


def preview(paper: Shown, *, page: int = 1, width: int = 640) -> bytes:
    """The picture of one page (from 1), about `width` pixels wide, of the type `preview_type` says.

    Raises NotFound for a page the paper does not have, Invalid when the file cannot be drawn.
    """
    if not 1 <= page <= paper.page_count:
        raise NotFound(
            "no-such-page", "Giấy tờ “{name}” chỉ có {pages} trang.", name=paper.name, pages=paper.page_count
        )
    width = next((known for known in WIDTHS if known >= width), WIDTHS[-1])
    kept = _place(paper.file_id, page=page, width=width)
    if kept.exists():
        return kept.read_bytes()
    picture = _drawn(paper, page=page, width=width)
    _save(kept, picture)
    return picture


def preview_type(paper: Shown) -> str:
    """Media type of the previews of this paper: PNG for PDF and PNG, JPEG for photographs."""
    drawn = {MediaType.PDF, MediaType.PNG}
    return "image/png" if paper.file.media_type in drawn else "image/jpeg"


def _drawn(paper: Shown, *, page: int, width: int) -> bytes:
    with open_file(paper.file_id) as file:
        try:
            return decode(file, "preview", page=page, width=width)
        except Undecodable as refused:
            raise refusal(refused.code, name=paper.name) from refused


def _place(sha256: str, *, page: int, width: int) -> Path:
    return Path(settings.FILES_DIR) / "previews" / sha256[:2] / f"{sha256}-{page}-{width}"


def _save(place: Path, picture: bytes) -> None:
    """Appear whole or not at all; a lost preview is only drawn again."""
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(picture)
    Path(draft).replace(place)

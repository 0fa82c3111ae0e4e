"""Pictures of the pages of a letter, for reading it on the desk before it is signed."""

from __future__ import annotations

import json
import tempfile

from ansinh.files.sandbox import decode
from ansinh.platform.errors import NotFound

WIDTH = 1280
"""Pixels."""


def letter_pages(pdf: bytes) -> int:
    """How many pages the letter has."""
    with tempfile.TemporaryFile() as file:
        file.write(pdf)
        file.flush()
        found: dict[str, int] = json.loads(decode(file, "inspect"))
    return found["pages"]


def letter_page(pdf: bytes, *, page: int) -> bytes:
    """One page as PNG, from 1. Raises NotFound for a page the letter does not have."""
    if not 1 <= page <= letter_pages(pdf):
        raise NotFound("no-such-page", "Văn bản này không có trang đó. Xin tải lại trang.")
    with tempfile.TemporaryFile() as file:
        file.write(pdf)
        file.flush()
        return decode(file, "preview", page=page, width=WIDTH)

"""What may be handed in. Stated to people before they choose a file."""

from enum import StrEnum
from typing import Final

from ansinh.platform.language import translate

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_PAGES: Final = 100
MAX_PIXELS: Final = 64_000_000
"""A 50-megapixel photograph passes; decoded to RGB it needs under 200 MB, less than the decoder may take."""
MIN_SIDE: Final = 100
"""Pixels of the shorter side, below which no paper can be read."""
MAX_PAPERS: Final = 300
"""Papers one account keeps at a time."""


class MediaType(StrEnum):
    """The four types accepted."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"


EXTENSIONS: Final = {
    MediaType.PDF: ".pdf",
    MediaType.JPEG: ".jpg",
    MediaType.PNG: ".png",
    MediaType.HEIC: ".heic",
}
ACCEPT: Final = ".pdf,.jpg,.jpeg,.png,.heic,.heif,application/pdf,image/jpeg,image/png,image/heic"
"""For the accept attribute of a file field."""


def limits_in_words() -> str:
    """The limits as one sentence in the current language."""
    return translate(
        "Nhận tệp PDF, JPEG, PNG hoặc HEIC. Mỗi tệp không quá {megabytes} MB và {pages} trang.",
        megabytes=MAX_BYTES // (1024 * 1024),
        pages=MAX_PAGES,
    )

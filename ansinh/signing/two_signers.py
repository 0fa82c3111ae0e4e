"""A paper that two sides sign: the fields of both are made before the first signs, so that the second changes nothing.

The template prints a caption over each empty box (`two-sides` of letter.typ); the field lies under its caption.
"""

from __future__ import annotations

import io
from typing import Any, Final

import pypdfium2
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from ansinh.signing.field import Block, add_field, one_at_a_time
from ansinh.signing.offers.external import FIELD as OTHER_SIDE
from ansinh.signing.offers.pdf import with_form

AGENCY: Final = "CoQuanBHXH"
"""Name of the agency's field; the other side's is the one every applicant signs in."""
CAPTIONS: Final = {OTHER_SIDE: "Chữ ký số của Bên B", AGENCY: "Chữ ký số của Bên A"}
BOX: Final = (210, 62)
"""Width and height of a box in points, as letter.typ leaves it free."""
_GAP: Final = 4


class NoPlaceToSign(RuntimeError):
    """The template prints no caption of a side: a fault of the program."""


def with_two_fields(pdf: bytes) -> bytes:
    """The paper with an empty field for each side, tagged for screen readers."""
    writer = IncrementalPdfFileWriter(io.BytesIO(with_form(pdf)))
    for name, caption in CAPTIONS.items():
        add_field(writer, name, block=_under(pdf, caption), spoken=caption)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def stamp_of(page: bytes) -> StaticStampStyle:
    """How a signature looks: a one-page PDF laid into its field."""
    return StaticStampStyle(border_width=0, background=_Page(page), background_opacity=1.0)


class _Page(PdfContent):
    """The first page of a PDF as content of another."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        super().__init__()

    def render(self) -> bytes:
        writer = self._ensure_writer
        page: Any = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.resources.xobject["/Seen"] = page
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Seen Do"


def _under(pdf: bytes, caption: str) -> Block:
    width, height = BOX
    with one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        for number in reversed(range(len(document))):
            words: Any = document[number].get_textpage()
            found = words.search(caption).get_next()
            if found is None:
                continue
            words.count_rects(found[0], found[1])
            left, bottom, _, _ = words.get_rect(0)
            top = int(bottom) - _GAP
            return Block(number, (int(left), top - height, int(left) + width, top))
    raise NoPlaceToSign(caption)

"""What a finished paper says and looks like, as other programs read it."""

import unicodedata

import pypdfium2
from PIL import Image


def words(pdf: bytes) -> str:
    """The text of all pages as another program extracts it, spaces collapsed."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(unicodedata.normalize("NFC", text).replace("\u200b", "").split())


def picture(pdf: bytes) -> Image.Image:
    """The first page."""
    image: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil()
    return image

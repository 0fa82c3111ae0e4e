"""What an issued letter says."""

import unicodedata

import pypdfium2


def text_of(pdf: bytes) -> str:
    """The text of all pages, spaces collapsed."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(unicodedata.normalize("NFC", text).replace("\u200b", "").split())

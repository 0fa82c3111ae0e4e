"""What a finished paper says and looks like, as other programs read it."""

import re
import unicodedata

import pypdfium2
from PIL import Image, ImageDraw


def words(pdf: bytes) -> str:
    """The text of all pages as another program extracts it, spaces collapsed."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(unicodedata.normalize("NFC", text).replace("\u200b", "").split())


def picture(pdf: bytes) -> Image.Image:
    """The first page."""
    image: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil()
    return image


def svg_picture(svg: str) -> Image.Image:
    """A QR code drawn as segno draws it on pages: one path of level strokes, one unit a module."""
    side = re.search(r'viewBox="0 0 (\d+) \d+"', svg)
    path = re.search(r' d="([^"]+)"', svg)
    assert side is not None and path is not None
    image = Image.new("L", (int(side[1]) * 8, int(side[1]) * 8), 255)
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path[1]):
        values = [float(one) for one in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            ImageDraw.Draw(image).rectangle((x * 8, (y - 0.5) * 8, (x + values[0]) * 8 - 1, (y + 0.5) * 8 - 1), fill=0)
            x += values[0]
        else:
            x, y = values if command == "M" else (x + values[0], y + values[1])
    return image

"""Files made for the tests: good ones of each type, and bad ones of many kinds."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pillow_heif
from PIL import Image, ImageDraw


def picture(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """A picture with something on it."""
    image = Image.new(mode, (width, height), "white")
    ImageDraw.Draw(image).line((0, 0, width, height), fill="black", width=5)
    return image


def image_bytes(kind: str, image: Image.Image | None = None, **options: Any) -> bytes:
    """The bytes of a picture written by Pillow."""
    out = io.BytesIO()
    (image or picture()).save(out, kind, **options)
    return out.getvalue()


def jpeg() -> bytes:
    """A small photograph."""
    return image_bytes("JPEG")


def png() -> bytes:
    """A small picture."""
    return image_bytes("PNG")


def heic() -> bytes:
    """A photograph as telephones make them."""
    out = io.BytesIO()
    pillow_heif.from_pillow(picture()).save(out, quality=60)
    return out.getvalue()


def pdf(pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None, **options: Any) -> bytes:
    """A PDF of blank pages, changed by `change` before it is written."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def opening_action(**action: Any) -> Callable[[pikepdf.Pdf], None]:
    """Sets what the PDF does when opened."""

    def change(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = pikepdf.Dictionary(**action)

    return change


def javascript() -> Callable[[pikepdf.Pdf], None]:
    """A script that runs on opening."""
    return opening_action(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def link_launching(document: pikepdf.Pdf) -> None:
    """A link on the first page that starts a program."""
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    document.pages[0].Annots = document.make_indirect(
        pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 100, 100], A=action)])
    )


def attachment(document: pikepdf.Pdf) -> None:
    """A program inside the PDF."""
    document.attachments["thu.exe"] = b"MZ program"


def dynamic_form(document: pikepdf.Pdf) -> None:
    """An XFA form."""
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=document.make_stream(b"<xdp/>"))


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is huge."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def archive() -> bytes:
    """A ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "x")
    return out.getvalue()


def changed(content: bytes, at: int, byte: int) -> bytes:
    """The content with one byte replaced."""
    return content[:at] + bytes([byte]) + content[at + 1 :]

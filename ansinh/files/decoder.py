"""Opens one file and says what it is, or draws it. Runs in a child that may see nothing else (platform.apart).

Nothing of the project is imported here. A refusal is answered with its code, a fault of the file also with the lines
where a decoder gave up.
"""

import base64
import io
import json
import re
import traceback
import warnings
import zlib
from collections.abc import Callable
from typing import Any

import pillow_heif
import pypdfium2
import pypdfium2.raw
from PIL import Image, ImageOps

HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")
MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?php")
LOUD_NAMES = {
    b"/Encrypt": "pdf-encrypted",
    b"/JavaScript": "pdf-active",
    b"/Launch": "pdf-active",
    b"/RichMedia": "pdf-active",
    b"/SubmitForm": "pdf-active",
    b"/ImportData": "pdf-active",
    b"/EmbeddedFile": "pdf-attachment",
    b"/EmbeddedFiles": "pdf-attachment",
    b"/GoToE": "pdf-attachment",
    b"/XFA": "pdf-dynamic-form",
    b"/JS": "pdf-active",
}
NAME = re.compile(rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]+")
MAX_INFLATED = 32 * 1024 * 1024


class Refused(Exception):
    """The file is not taken; the first argument is the code of files/refusals.py."""


def media_type_of(content: bytes) -> str:
    """The type the first bytes promise."""
    if not content:
        raise Refused("file-empty")
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return "image/heic"
    raise Refused("file-type-unknown")


def refuse_second_kind(content: bytes, media_type: str) -> None:
    """A file that another program would open as something else: PDF or page at the head, archive at the end."""
    head = content[:1024].lower()
    if any(mark in head for mark in MARKUP):
        raise Refused("file-of-two-kinds")
    if media_type != "application/pdf" and b"%PDF-" in content[:1024]:
        raise Refused("file-of-two-kinds")
    end = content[-(65536 + 22) :]
    at = end.rfind(b"PK\x05\x06")
    if at >= 0 and at + 22 <= len(end) and at + 22 + int.from_bytes(end[at + 20 : at + 22], "little") == len(end):
        raise Refused("file-of-two-kinds")


def names_in(content: bytes) -> set[bytes]:
    """The PDF names in a piece of syntax, their #xx escapes resolved."""
    return {
        re.sub(rb"#([0-9A-Fa-f]{2})", lambda escape: bytes([int(escape[1], 16)]), found)
        for found in NAME.findall(content)
    }


def pdf_syntax(content: bytes) -> list[bytes]:
    """What is PDF syntax in the file: all outside of streams, and the inside of object streams."""
    pieces, at, room = [], 0, MAX_INFLATED
    while (start := content.find(b"stream", at)) >= 0:
        end = content.find(b"endstream", start + 6)
        head = content[at:start]
        pieces.append(head)
        if end < 0:
            at = start + 6
            continue
        if b"ObjStm" in head or b"#" in head:
            body = object_stream(head, content[start + 6 : end].lstrip(b"\r\n"), room=room)
            room -= len(body)
            pieces.append(body)
        at = end + len(b"endstream")
    pieces.append(content[at:])
    return pieces


def object_stream(head: bytes, body: bytes, *, room: int) -> bytes:
    """The syntax inside a stream of objects; such a stream packed in an unusual way is refused."""
    if b"/Filter" not in head:
        return body
    try:
        inside = zlib.decompressobj().decompress(body, room)
    except zlib.error as error:
        if b"ObjStm" in head:
            raise Refused("file-damaged") from error
        return b""
    if len(inside) >= room:
        raise Refused("file-too-heavy")
    return inside


def refuse_active_pdf(content: bytes) -> None:
    """No password, no script, no launching, no file inside, no dynamic form."""
    names: set[bytes] = set()
    for piece in pdf_syntax(content):
        names |= names_in(piece)
    # The long names are also sought in the raw bytes, where a false "stream" could hide them.
    names |= {name for name in LOUD_NAMES if len(name) > 6 and name in content}
    for name, code in LOUD_NAMES.items():
        if name in names:
            raise Refused(code)


def open_pdf(content: bytes) -> Any:
    """A pdfium document that opens without a password."""
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Refused("pdf-encrypted") from error
        raise


def inspect_pdf(content: bytes, *, max_pages: int) -> int:
    """The number of pages of a whole, passive PDF; every page opens and the first one draws."""
    if b"%%EOF" not in content[-2048:] or b"startxref" not in content[-4096:]:
        raise Refused("file-damaged")
    tail = content[content.rfind(b"%%EOF") + 5 :]
    if len(tail.strip(b"\r\n\t \x00")) > 0:
        raise Refused("file-of-two-kinds")
    refuse_active_pdf(content)
    document = open_pdf(content)
    if pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise Refused("pdf-encrypted")
    if pypdfium2.raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise Refused("pdf-active")
    if pypdfium2.raw.FPDFDoc_GetAttachmentCount(document) > 0:
        raise Refused("pdf-attachment")
    pages = len(document)
    if pages == 0:
        raise Refused("file-damaged")
    if pages > max_pages:
        raise Refused("pdf-too-many-pages")
    for number in range(pages):
        page = document[number]
        sides = sorted(page.get_size())
        if not 1 <= sides[0] <= sides[1] <= 14400 or sides[1] / sides[0] > 25:
            raise Refused("file-damaged")
        if number == 0:
            page.render(scale=200 / sides[1])
        page.close()
    return pages


def open_image(content: bytes, media_type: str, *, max_pixels: int) -> Any:
    """A Pillow image of the promised type, its header read, its pixels within the limit."""
    Image.MAX_IMAGE_PIXELS = max_pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    formats = {"image/jpeg": ("JPEG", "MPO"), "image/png": ("PNG",), "image/heic": ("HEIF",)}[media_type]
    if media_type == "image/heic":
        pillow_heif.register_heif_opener(thumbnails=False)
        pillow_heif.options.DECODE_THREADS = 1
    try:
        image = Image.open(io.BytesIO(content), formats=formats)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused("image-too-many-pixels") from error
    if image.width * image.height > max_pixels:
        raise Refused("image-too-many-pixels")
    return image


def inspect_image(content: bytes, media_type: str, *, max_pixels: int, min_side: int) -> int:
    """One page, once every pixel was decoded without a fault."""
    if media_type == "image/png" and b"IEND" not in content:
        raise Refused("file-damaged")
    image = open_image(content, media_type, max_pixels=max_pixels)
    if min(image.size) < min_side:
        raise Refused("image-too-small")
    image.load()
    return 1


def inspect(content: bytes, asked: dict[str, int]) -> bytes:
    """What the file is, as JSON."""
    media_type = media_type_of(content)
    refuse_second_kind(content, media_type)
    if media_type == "application/pdf":
        pages = inspect_pdf(content, max_pages=asked["max_pages"])
    else:
        pages = inspect_image(content, media_type, max_pixels=asked["max_pixels"], min_side=asked["min_side"])
    return json.dumps({"media_type": media_type, "pages": pages}).encode()


def preview(content: bytes, asked: dict[str, int]) -> bytes:
    """A picture `width` pixels wide: PNG of a PDF page or a PNG, JPEG of a photograph, without its metadata."""
    media_type = media_type_of(content)
    if media_type == "application/pdf":
        page = open_pdf(content)[asked["page"] - 1]
        picture = page.render(scale=asked["width"] / page.get_width(), may_draw_forms=False).to_pil()
        return written(picture.convert("RGB"), "PNG")
    image = open_image(content, media_type, max_pixels=asked["max_pixels"])
    image.draft("RGB", (asked["width"], asked["width"]))
    image.load()
    width = min(asked["width"], image.width)
    image = ImageOps.exif_transpose(image)
    image.thumbnail((width, width * 25))
    return written(image.convert("RGB"), "PNG" if media_type == "image/png" else "JPEG")


def written(image: Any, kind: str) -> bytes:
    """The picture's bytes, without anything the original carried besides pixels."""
    out = io.BytesIO()
    clean = image.copy()
    clean.info.clear()
    clean.save(out, kind, **({"quality": 85} if kind == "JPEG" else {"optimize": False}))
    return out.getvalue()


def inspected(content: bytes, **asked: int) -> dict[str, str]:
    """The answer of `inspect` as `octets` in base64, or `refused` with a code."""
    return _answer(inspect, content, asked)


def previewed(content: bytes, **asked: int) -> dict[str, str]:
    """The answer of `preview` as `octets` in base64, or `refused` with a code."""
    return _answer(preview, content, asked)


def _answer(action: Callable[[bytes, dict[str, int]], bytes], content: bytes, asked: dict[str, int]) -> dict[str, str]:
    try:
        return {"octets": base64.b64encode(action(content, asked)).decode("ascii")}
    except Refused as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": "file-too-heavy"}
    except Exception:
        # Decoders raise nearly every kind of error over a malformed file; whoever asked logs which.
        return {"refused": "file-damaged", "fault": traceback.format_exc(limit=-3)}

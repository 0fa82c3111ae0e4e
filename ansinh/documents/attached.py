"""The statement a PDF carries (`render(…, statement=…)`), found without a PDF reader."""

import re
import zlib
from typing import Final

_EMBEDDED: Final = re.compile(rb"/Type\s*/EmbeddedFile\b")
_STREAM: Final = re.compile(rb">>\s*stream\r?\n")
_HEAD: Final = 1000
_LARGEST: Final = 4 << 20
_MOST: Final = 20


def statement_in(pdf: bytes, *, kind: str) -> bytes | None:
    """The first attached JSON that names itself `kind`, octet by octet; None without one.

    Only for a PDF whose signature holds or whose octets are known: what is found is as good as its signature.
    """
    for number, match in enumerate(_EMBEDDED.finditer(pdf)):
        opens = _STREAM.search(pdf, match.end(), match.end() + _HEAD)
        if number >= _MOST or opens is None:
            continue
        content = pdf[opens.end() : pdf.find(b"endstream", opens.end())].rstrip(b"\r\n")
        if b"FlateDecode" in pdf[max(0, match.start() - _HEAD) : opens.start()]:
            content = _inflated(content)
        if f'"kind":"{kind}"'.encode() in content:
            return content
    return None


def _inflated(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, _LARGEST)
    except zlib.error:
        return b""

"""A PDF with a place kept for the signature (ISO 32000-2, 12.8.1): the digest over everything but that place."""

import re
from typing import Final

from ansinh_token.papers import Paper, digest
from ansinh_token.refusals import Refused

_RANGE: Final = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_EMPTY: Final = re.compile(rb"<0+>")
ENOUGH: Final = 4096
"""Hexadecimal digits a CMS signature needs at least."""


def read_pdf(pdf: bytes, *, hash_name: str = "sha256") -> Paper:
    """The PDF as a paper, its digest by the hash the key signs with. Raises Refused.

    Exactly one ByteRange may reach the file's last byte, and what it leaves out must be one empty string of
    zeros: so the person sees every byte that will be signed, and nothing can hide in the gap.
    """
    whole = [one for one in _ranges(pdf) if one[1] + one[2] == len(pdf)]
    if not pdf.startswith(b"%PDF-") or len(whole) != 1:
        raise Refused("not-a-signable-pdf")
    end, begin, _ = whole[0]
    gap = pdf[end:begin]
    if len(gap) < ENOUGH or not _EMPTY.fullmatch(gap) or not pdf[:end].rstrip().endswith(b"/Contents"):
        raise Refused("not-a-signable-pdf")
    return Paper(kind="pdf", shown=pdf, digest=digest(hash_name, pdf[:end], pdf[begin:]))


def _ranges(pdf: bytes) -> list[tuple[int, int, int]]:
    found = ((int(a), int(b), int(c)) for a, b, c in _RANGE.findall(pdf))
    return [(end, begin, length) for end, begin, length in found if 0 < end < begin < len(pdf)]

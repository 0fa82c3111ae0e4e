"""Mutants of signed PDF: flipped octets, later versions, other byte ranges, swapped and emptied signatures."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterator
from random import Random

import pikepdf
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from ansinh.signing.check import check_pdf
from benchmarks.rig.mutants import world
from benchmarks.rig.mutants.kinds import Kind, Mutant, register

Change = Callable[[Random, bytes, str], bytes]


def make(random: Random, listener: str) -> Iterator[Mutant]:
    """Every change in turn, again and again with other places."""
    valid = world.signed_paper()
    for change in itertools.cycle(CHANGES):
        content = change(random, valid, listener)
        if content != valid:
            yield Mutant(change.__name__.strip("_"), content)


def accepts(content: bytes) -> bool:
    """Whether the check believes it."""
    return check_pdf(content, at=world.AT).valid


def _contents(pdf: bytes) -> tuple[int, int]:
    """Where the signature's digits begin and end."""
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    return start, pdf.index(b">", start)


def _octet_flipped(random: Random, valid: bytes, listener: str) -> bytes:
    place = random.randrange(_contents(valid)[0] - 1)
    return valid[:place] + bytes([valid[place] ^ (1 << random.randrange(8))]) + valid[place + 1 :]


def _octet_added(random: Random, valid: bytes, listener: str) -> bytes:
    place = random.randrange(100, _contents(valid)[0] - 1)
    return valid[:place] + random.randbytes(random.randint(1, 9)) + valid[place:]


def _figure_changed(random: Random, valid: bytes, listener: str) -> bytes:
    return valid.replace(b"56280000", f"{random.randint(10**7, 5 * 10**7)}".encode(), random.randint(1, 5))


def _later_version(random: Random, valid: bytes, listener: str) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(valid))
    writer.root[f"/ThemVao{random.randrange(99)}"] = pdf_string(listener)
    writer.update_root()  # type: ignore[no-untyped-call]
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def _page_replaced_later(random: Random, valid: bytes, listener: str) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(valid))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = pdf_string(str(random.randrange(360)))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def _remark_behind(random: Random, valid: bytes, listener: str) -> bytes:
    return valid + random.choice([b"\n% x\n", b"\n%%EOF\n", b"\nstartxref\n0\n%%EOF\n"])


def _saved_anew(random: Random, valid: bytes, listener: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(valid)) as document:
        document.docinfo["/Title"] = str(random.random())
        document.save(out)
    return out.getvalue()


def _byte_range_changed(random: Random, valid: bytes, listener: str) -> bytes:
    start = valid.index(b"/ByteRange") + 10
    end = valid.index(b"]", start)
    numbers = [int(one) for one in valid[start:end].strip(b" [").split()]
    numbers[random.randrange(4)] += random.choice([-1, 1, 100])
    written = ("[" + " ".join(map(str, numbers))).encode().ljust(end - start)[: end - start]
    return valid[:start] + written + valid[end:]


def _signature_emptied(random: Random, valid: bytes, listener: str) -> bytes:
    start, end = _contents(valid)
    return valid[:start] + b"0" * (end - start) + valid[end:]


def _signature_of_another_paper(random: Random, valid: bytes, listener: str) -> bytes:
    other = world.signed_paper(world.paper().replace(b"56280000", b"96280000", random.randint(1, 9)))
    (first, last), (start, end) = _contents(other), _contents(valid)
    return valid[:start] + other[first:last].ljust(end - start, b"0")[: end - start] + valid[end:]


def _signature_flipped(random: Random, valid: bytes, listener: str) -> bytes:
    """In the last octets: the raw signature."""
    start, end = _contents(valid)
    place = start + len(valid[start:end].rstrip(b"0")) - random.randrange(20, 200)
    return valid[:place] + (b"1" if valid[place : place + 1] != b"1" else b"2") + valid[place + 1 :]


def _padding_changed(random: Random, valid: bytes, listener: str) -> bytes:
    """Behind the signature, where nothing is digested."""
    start, end = _contents(valid)
    place = random.randrange(start + len(valid[start:end].rstrip(b"0")) + 2, end)
    return valid[:place] + random.choice([b"1", b"f", b" ", b">"]) + valid[place + 1 :]


def _truncated(random: Random, valid: bytes, listener: str) -> bytes:
    return valid[: random.randrange(len(valid) - 10)]


CHANGES: tuple[Change, ...] = (
    _octet_flipped, _octet_added, _figure_changed, _later_version, _page_replaced_later, _remark_behind, _saved_anew,
    _byte_range_changed, _signature_emptied, _signature_of_another_paper, _signature_flipped, _padding_changed,
    _truncated,
)  # fmt: skip

register(Kind("pdf", share=0.25, valid=lambda: [world.signed_paper()], make=make, accepts=accepts))

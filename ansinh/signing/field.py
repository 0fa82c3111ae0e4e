"""The signature field on the page: over the block that the letter prints, known to screen readers by its tag."""

import threading
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.stamp import StaticStampStyle

FIRST_WORDS: Final = "Ký số bởi:"
LAST_WORDS: Final = "Thời gian ký:"
APPEARANCE: Final = StaticStampStyle(border_width=0)
"""Nothing: the words of the block are text of the page, tagged and in its own letters; the field lies over them."""
_INSET: Final = 5
"""Points around the words."""
one_at_a_time = threading.Lock()
"""PDFium serves one thread."""


@dataclass(frozen=True)
class Block:
    """Where a letter prints who signed: page from 0, and left, bottom, right, top in points."""

    page: int
    box: tuple[int, int, int, int]


def block_of(pdf: bytes) -> Block | None:
    """The block of the letter, looked for from its last page; None for a paper that prints none."""
    with one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        for number in reversed(range(len(document))):
            box = _box_on(document[number])
            if box is not None:
                return Block(number, box)
    return None


def add_field(writer: IncrementalPdfFileWriter, name: str, *, block: Block | None, spoken: str) -> None:
    """Make the signature field; over the block it is visible and tagged, without one it has no size.

    `spoken` is what a screen reader says of it.
    """
    if block is None:
        append_signature_field(writer, SigFieldSpec(name))
        return
    spec = SigFieldSpec(name, on_page=block.page, box=block.box, readable_field_name=spoken)
    append_signature_field(writer, spec)
    field = writer.root["/AcroForm"]["/Fields"].raw_get(-1)
    page, _ = writer.find_page_for_modification(block.page)  # type: ignore[no-untyped-call]
    _tag(writer, field, page=page)


def _box_on(page: Any) -> tuple[int, int, int, int] | None:
    words = page.get_textpage()
    first, last = (words.search(text).get_next() for text in (FIRST_WORDS, LAST_WORDS))
    if first is None or last is None:
        return None
    lines = words.count_rects(first[0], _end_of_line(words, last[0]) - first[0])
    rects = [words.get_rect(number) for number in range(lines)]
    return (
        int(min(rect[0] for rect in rects)) - _INSET,
        int(min(rect[1] for rect in rects)) - _INSET,
        int(max(rect[2] for rect in rects)) + _INSET,
        int(max(rect[3] for rect in rects)) + _INSET,
    )


def _end_of_line(words: Any, start: int) -> int:
    text = words.get_text_range(start, min(80, words.count_chars() - start))
    return start + len(text.splitlines()[0])


def _tag(writer: IncrementalPdfFileWriter, field: IndirectObject, *, page: IndirectObject) -> None:
    """Put the field's widget into the structure tree (ISO 14289-1, 7.18): a Form element that holds it."""
    if "/StructTreeRoot" not in writer.root:
        return
    tree = writer.root["/StructTreeRoot"]
    kids = tree.raw_get("/K")
    document = kids.raw_get(0) if isinstance(kids, ArrayObject) else kids
    key = int(tree["/ParentTreeNextKey"])
    held = _dictionary(Type=NameObject("/OBJR"), Obj=field, Pg=page)
    element = writer.add_object(
        _dictionary(Type=NameObject("/StructElem"), S=NameObject("/Form"), P=document, Pg=page, K=held)
    )
    children, parents = document.get_object()["/K"], tree["/ParentTree"]
    children.append(element)
    parents["/Nums"].extend([_number(key), element])
    tree["/ParentTreeNextKey"] = _number(key + 1)
    widget, sheet = field.get_object(), page.get_object()  # type: ignore[no-untyped-call]
    widget["/StructParent"] = _number(key)
    sheet["/Tabs"] = NameObject("/S")
    for changed in (children, parents, tree, widget, sheet):
        writer.update_container(changed)


def _dictionary(**entries: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})  # type: ignore[no-untyped-call]


def _number(value: int) -> NumberObject:
    return NumberObject(value)  # type: ignore[no-untyped-call]

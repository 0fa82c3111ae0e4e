"""The one place that reads XML: UTF-8 only, no document type, no entities, no network, and limits while reading."""

import re
from typing import Final

from lxml import etree

from ansinh.platform.errors import Invalid

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_DEPTH: Final = 100
MAX_ELEMENTS: Final = 500_000
MAX_ATTRIBUTES: Final = 200
"""Of one element; its namespace declarations count."""
_PIECE: Final = 64 * 1024
_PROLOGUE: Final = re.compile(rb"(?:<\?xml[^>]*\?>)?(?:\s|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_ENCODING: Final = re.compile(rb"<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([^\"']*)[\"']")
_ENCODINGS: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})

SENTENCES: Final = {
    "xml-too-large": "Tệp XML lớn hơn mức nhận được. Xin chia nhỏ hồ sơ rồi gửi lại.",
    "xml-encoding": "Tệp XML không ghi bằng UTF-8 (không có dấu thứ tự byte ở đầu). Xin xuất lại tệp bằng mã UTF-8.",
    "xml-doctype": "Tệp XML có khai báo DOCTYPE hay thực thể, là phần không được nhận. Xin bỏ phần đó rồi xuất lại.",
    "xml-broken": "Tệp XML hỏng hoặc bị cắt mất phần cuối nên không đọc được. Xin xuất lại tệp rồi gửi.",
    "xml-too-deep": "Tệp XML lồng quá nhiều lớp nên không đọc được. Xin xuất lại tệp bằng phần mềm kê khai.",
    "xml-too-many": "Tệp XML có quá nhiều phần tử hoặc thuộc tính. Xin chia nhỏ hồ sơ rồi gửi lại.",
}


def parse(content: bytes, *, max_bytes: int = MAX_BYTES) -> etree._Element:
    """The root of the document, comments and processing instructions kept. Raises Invalid with a code of SENTENCES."""
    _refuse_by_bytes(content, max_bytes=max_bytes)
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        attribute_defaults=False, huge_tree=False, recover=False, collect_ids=False,
    )  # fmt: skip
    counted = _Counted()
    try:
        for at in range(0, len(content), _PIECE):
            parser.feed(content[at : at + _PIECE])
            counted.take(parser)
        root: etree._Element = parser.close()
        counted.take(parser)
    except etree.XMLSyntaxError as error:
        raise _refused("xml-broken") from error
    return root


class _Counted:
    """How deep and how many, while the tree grows."""

    def __init__(self) -> None:
        self._depth = self._elements = 0

    def take(self, parser: etree.XMLPullParser) -> None:
        for event, element in parser.read_events():
            if event == "end" or not isinstance(element, etree._Element):
                self._depth -= 1
                continue
            self._depth += 1
            self._elements += 1
            if self._depth > MAX_DEPTH:
                raise _refused("xml-too-deep")
            if self._elements > MAX_ELEMENTS or len(element.attrib) > MAX_ATTRIBUTES:
                raise _refused("xml-too-many")


def _refuse_by_bytes(content: bytes, *, max_bytes: int) -> None:
    if len(content) > max_bytes:
        raise _refused("xml-too-large")
    if content.startswith((b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe")) or b"\0" in content[:4]:
        raise _refused("xml-encoding")
    declared = _ENCODING.match(content)
    if declared and declared[1].lower() not in _ENCODINGS:
        raise _refused("xml-encoding")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused("xml-encoding") from error
    prologue = _PROLOGUE.match(content)
    if prologue and content.startswith(b"<!", prologue.end()):
        raise _refused("xml-doctype")


def _refused(code: str) -> Invalid:
    return Invalid(code, SENTENCES[code])


def default_namespace(namespace: str) -> dict[str, str]:
    """The namespace of names without a prefix; lxml wants None for the prefix, which its types do not know."""
    return {None: namespace}  # type: ignore[dict-item]

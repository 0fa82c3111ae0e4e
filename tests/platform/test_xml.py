"""The reader of XML: what it refuses before a tree exists, and that it asks nobody for anything."""

import socket
import threading

import pytest

from ansinh.platform import xml
from ansinh.platform.errors import Invalid

GOOD = '<?xml version="1.0" encoding="utf-8"?>\n<a x="1"><b>Đông Hà &amp; nơi khác</b><!-- ghi chú --></a>'.encode()
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "&a%s;&a%s;">' % (n, b"" if n == 1 else b"%d" % (n - 1), b"") for n in range(1, 9))
    + b"]><a>&a8;</a>"
)


def code(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        xml.parse(content)
    return refused.value.code


def test_text_and_attributes_are_read() -> None:
    root = xml.parse(GOOD)
    assert (root.findtext("b"), root.get("x")) == ("Đông Hà & nơi khác", "1")


@pytest.mark.parametrize("content", [
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x"><a/>',
    b'<?xml version="1.0"?><!-- x --><?p?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    b"<!DOCTYPE a><a/>",
    LAUGHS,
])  # fmt: skip
def test_a_document_type_is_refused_whatever_is_in_it(content: bytes) -> None:
    assert code(content) == "xml-doctype"


@pytest.mark.parametrize("content", [
    b"\xef\xbb\xbf<a/>", "<a/>".encode("utf-16"), "<a/>".encode("utf-16-be"), "<a/>".encode("utf-32"),
    b'<?xml version="1.0" encoding="utf-16"?><a/>', b'<?xml version="1.0" encoding="UTF-7"?><a/>',
    b'<?xml version="1.0" encoding="windows-1258"?><a/>', b"<a>\xff</a>", b"<a>\xc0\xbc</a>",
])  # fmt: skip
def test_only_utf_8_is_read(content: bytes) -> None:
    assert code(content) == "xml-encoding"


@pytest.mark.parametrize("content", [b"", b"<a>", GOOD[:-1], b"<a></b>", b"<a/><a/>", b"<a>&x;</a>", b"<a>\0</a>"])
def test_what_is_not_well_formed_is_broken(content: bytes) -> None:
    assert code(content) in {"xml-broken", "xml-encoding"}


def test_limits_hold_on_both_sides() -> None:
    deepest = xml.MAX_DEPTH
    assert xml.parse(b"<a>" * deepest + b"</a>" * deepest).tag == "a"
    assert code(b"<a>" * (deepest + 1) + b"</a>" * (deepest + 1)) == "xml-too-deep"
    names = " ".join(f'a{n}="1"' for n in range(xml.MAX_ATTRIBUTES + 1))
    assert code(f"<a {names}/>".encode()) == "xml-too-many"
    assert code(b"<a>" + b"<b/>" * xml.MAX_ELEMENTS + b"</a>") == "xml-too-many"
    assert code(b"<a>" + b" " * xml.MAX_BYTES + b"</a>") == "xml-too-large"


def test_nobody_is_asked_for_anything() -> None:
    asked: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"

        def listen() -> None:
            try:
                asked.append(server.accept())
            except TimeoutError:
                return

        thread = threading.Thread(target=listen)
        thread.start()
        xml.parse(
            f'<?xml-stylesheet href="{address}"?><a xmlns:xi="http://www.w3.org/2001/XInclude" '
            f'xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:schemaLocation="x {address}">'
            f'<xi:include href="{address}"/></a>'.encode()
        )
        thread.join()
    assert asked == []

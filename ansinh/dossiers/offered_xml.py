"""The draft as XML to sign, in the shape of I-VAN files: `Hoso` with what, whose, the answers, the papers' digests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from lxml import etree

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.documents.payload import printable
from ansinh.dossiers.completeness import GivenPaper
from ansinh.platform.vietnamese import ZONE
from ansinh.signing.offers.xml import HOLDER, ROOT
from ansinh.signing.report import ExpectedSigner
from ansinh.signing.xml.canonical import canonical

NUMBERS: Final = {"CCCD": "SoDinhDanh", "MST": "MaSoThue"}
"""Where the number of whoever signs stands."""
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def offered_xml(
    answers: Mapping[str, Any],
    papers: tuple[GivenPaper, ...],
    *,
    folder: ProcedureFolder,
    name: str,
    signer: ExpectedSigner,
    digest: str,
    at: datetime,
) -> bytes:
    """The canonical answers and the digests of the papers; without its declaration it is its own canonical form."""
    root = etree.Element(ROOT)
    head = etree.SubElement(root, "QuyTrinhISO")
    for tag, text in (
        ("MaThuTuc", folder.procedure.national_code or folder.slug),
        ("TenThuTuc", folder.procedure.name_vi),
        ("HoTen", name),
        (NUMBERS[signer.kind], signer.number),
        ("NgayLap", at.astimezone(ZONE).isoformat(timespec="seconds")),
        ("MaKiem", digest),
    ):
        _text(head, tag, text)
    _members(etree.SubElement(root, "NoiDung"), answers)
    listed = etree.SubElement(root, "GiayTo")
    for paper in sorted(papers, key=lambda one: (one.requirement, one.row, one.sha256)):
        given = etree.SubElement(listed, "Tep", {"Loai": paper.requirement, "Dong": paper.row})
        _text(given, "SHA256", paper.sha256)
    etree.SubElement(root, HOLDER)
    return _DECLARATION + canonical(root)


def _members(parent: etree._Element, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        _value(etree.SubElement(parent, "Truong", Ma=key), value)


def _value(element: etree._Element, value: Any) -> None:
    if isinstance(value, Mapping):
        _members(element, value)
    elif isinstance(value, list):
        for one in value:
            _value(etree.SubElement(element, "Dong"), one)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    else:
        element.text = printable(str(value))


def _text(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = printable(text)

"""What an approved decision becomes: the letter as PDF for people, the same result as XML for programs; both signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from lxml import etree

from ansinh.casework.joint.countersign import countersigned
from ansinh.casework.joint.offer import signed_paper
from ansinh.casework.models import Decision
from ansinh.casework.signed_letter import key_of, signed_letter
from ansinh.casework.statement import result_statement
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.offices.queries import office
from ansinh.platform.zone import local_day
from ansinh.signing.keys import signing_key
from ansinh.signing.xml.sign import sign_xml

VERSION: Final = "1.0"
SCHEMA: Final = Path(__file__).with_name("result.xsd")
SIGNATURE_PATH: Final = "BHXH/CKY_BHXH"


@dataclass(frozen=True)
class Results:
    """The signed files of one decision; the letter states `document_id`."""

    document_id: UUID
    letter: bytes
    xml: bytes


def signed_results(dossier: Dossier, decision: Decision, *, at: datetime) -> Results:
    """Both, signed with the key of the leader who approved. Raises NotNow while time-stamps or the token are away."""
    approved_at = decision.signed_at
    assert approved_at is not None
    joint = signed_paper(dossier, decision)
    if joint is not None:
        document_id, letter = joint.pk, countersigned(dossier, decision, joint, key_name=key_of(decision), at=at)
    else:
        stated = result_statement(dossier, granted=decision.kind == "grant", number=decision.number, at=approved_at)
        document_id, letter = stated.document_id, signed_letter(dossier, decision, stated=stated, at=at)
    xml = sign_xml(
        result_tree(dossier, decision), signer=signing_key(key_of(decision)), at=approved_at, path=SIGNATURE_PATH
    )
    return Results(document_id, letter, xml)


def result_tree(dossier: Dossier, decision: Decision) -> etree._Element:
    """The result in the fields of a confirmed transaction (result.xsd), without its signature."""
    assert decision.signed_at is not None
    granted = decision.kind == "grant"
    root = etree.Element("BHXH", PHIENBAN=VERSION)
    told = etree.SubElement(root, "XACNHAN_GDICH")
    _fill(etree.SubElement(told, "TTDVI"), {
        "TEN_DVI": dossier.applicant_name,
        "TEN_COQUAN": office(dossier.office_code).name_vi,
        "NGAY_THONGBAO": local_day(decision.signed_at).isoformat(),
    })  # fmt: skip
    facts = etree.SubElement(told, "TTGDICH")
    _fill(facts, {
        "SO_HSO": dossier.number,
        "MALOAI_HSO": dossier.procedure,
        "TEN_GDICH": frozen(dossier.version_id).procedure.name_vi,
        "NGAY_GDICH": local_day(dossier.submitted_at).isoformat(),
        "MA_GDICH": decision.number,
        "MA_KQUA": "1" if granted else "0",
        "KQUA": "Được giải quyết" if granted else "Không được giải quyết",
    })  # fmt: skip
    if granted and decision.amount is not None:
        _fill(facts, {"SO_TIEN": str(decision.amount)})
    if not granted:
        reasons = etree.SubElement(facts, "CTIET_LOI")
        for one in decision.reasons:
            why = f"{one['name_vi']}. {one['explanation']}"
            _fill(etree.SubElement(reasons, "LOI"), {"MA_LOI": one["code"], "MOTA_LOI": why})
    etree.SubElement(root, "CKY_BHXH")
    return root


def _fill(parent: etree._Element, values: dict[str, str]) -> None:
    for name, value in values.items():
        etree.SubElement(parent, name).text = "".join(letter if letter.isprintable() else " " for letter in value)

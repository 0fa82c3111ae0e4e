"""Read the envelope of a claim file: whose it is, of which days, how many records and their control totals.

Format of QĐ 4750/QĐ-BYT and 3176/QĐ-BYT: GIAMDINHHS with one HOSO for a record, in it FILEHOSO of kind XML1 (TONG_HOP)
in base64, or written out as older programs do. The rows behind the totals: `look`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from ansinh.dossiers.claims.tables import content_of
from ansinh.platform.errors import Invalid

ROOT, SUMMARY = "GIAMDINHHS", "TONG_HOP"


@dataclass(frozen=True)
class ClaimTotals:
    """What a file says in sum; days both included, amounts in đồng."""

    facility_code: str
    first_day: date
    last_day: date
    records: int
    total_cost: Decimal
    fund_amount: Decimal
    patient_amount: Decimal


@dataclass(frozen=True)
class _Record:
    key: str
    facility_code: str
    day: date
    total_cost: Decimal
    fund_amount: Decimal
    patient_amount: Decimal


def read(root: etree._Element) -> ClaimTotals:
    """The totals of a file. Raises Invalid: what is wrong with it, and in which record."""
    if root.tag != ROOT:
        raise Invalid(
            "claims-other-root",
            "Tệp không phải dữ liệu chi phí khám chữa bệnh: phần tử gốc là {root}, cần GIAMDINHHS. Xin xuất lại tệp.",
            root=str(root.tag)[:40],
        )
    records = [_record(one, number) for number, one in enumerate(root.iterfind(".//HOSO"), start=1)]
    if not records:
        raise Invalid("claims-empty", "Tệp không có hồ sơ nào. Xin xuất lại tệp.")
    told = (root.findtext(".//SOLUONGHOSO") or "").strip()
    if told != str(len(records)):
        raise Invalid(
            "claims-miscounted",
            "Tệp ghi SOLUONGHOSO là {told} nhưng có {found} hồ sơ. Xin xuất lại tệp.",
            told=told or "(trống)",
            found=len(records),
        )
    if len({one.key for one in records}) != len(records):
        raise Invalid("claims-twice", "Một mã liên kết (MA_LK) xuất hiện hai lần trong tệp. Xin bỏ hồ sơ trùng.")
    code = (root.findtext(".//MACSKCB") or "").strip()
    if other := next((one.facility_code for one in records if one.facility_code != code), ""):
        raise Invalid(
            "claims-of-two-facilities",
            "Tệp của cơ sở {facility} nhưng có hồ sơ của cơ sở {other}. Xin tách riêng từng cơ sở.",
            facility=code or "(trống)",
            other=other,
        )
    return ClaimTotals(
        facility_code=code,
        first_day=min(one.day for one in records),
        last_day=max(one.day for one in records),
        records=len(records),
        total_cost=sum((one.total_cost for one in records), Decimal(0)),
        fund_amount=sum((one.fund_amount for one in records), Decimal(0)),
        patient_amount=sum((one.patient_amount for one in records), Decimal(0)),
    )


def _record(hoso: etree._Element, number: int) -> _Record:
    found = [one for one in hoso.iterfind("FILEHOSO") if (one.findtext("LOAIHOSO") or "").strip() == "XML1"]
    summary = _summary(found[0]) if len(found) == 1 else None
    if summary is None:
        raise Invalid(
            "claims-no-summary",
            "Hồ sơ thứ {number} không có đúng một bảng tổng hợp (XML1) đọc được. Xin xuất lại tệp.",
            number=number,
        )
    return _Record(
        key=(summary.findtext("MA_LK") or "").strip() or f"#{number}",
        facility_code=(summary.findtext("MA_CSKCB") or "").strip(),
        day=_day(summary, number),
        total_cost=_amount(summary, "T_TONGCHI_BV", number),
        fund_amount=_amount(summary, "T_BHTT", number),
        patient_amount=_amount(summary, "T_BNCCT", number),
    )


def _summary(file: etree._Element) -> etree._Element | None:
    root = content_of(file)
    return root if root is None or root.tag == SUMMARY else root.find(f".//{SUMMARY}")


def _day(summary: etree._Element, number: int) -> date:
    """The day it was paid for, else that of leaving: the settlement of a quarter goes by it."""
    for name in ("NGAY_TTOAN", "NGAY_RA"):
        text = (summary.findtext(name) or "").strip()
        if not text:
            continue
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
        except ValueError:
            break
    raise Invalid(
        "claims-no-day", "Hồ sơ thứ {number} không có ngày thanh toán hoặc ngày ra đọc được. Xin sửa rồi xuất lại.",
        number=number,
    )  # fmt: skip


def _amount(summary: etree._Element, name: str, number: int) -> Decimal:
    text = (summary.findtext(name) or "").strip() or "0"
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or found < 0:
        raise Invalid(
            "claims-bad-amount", "Hồ sơ thứ {number}: {name} không phải số tiền. Xin sửa rồi xuất lại.",
            number=number, name=name,
        )  # fmt: skip
    return found

"""The report on a signature as the paper check shows it; personal numbers are masked but for their end."""

from __future__ import annotations

from typing import Any

from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi, datetime_vi
from ansinh.signing.faults import Finding
from ansinh.signing.report import SignatureReport, Signer

SHOWN_DIGITS = 3
NUMBERS = {
    "MST": "Mã số thuế",
    "CCCD": "Số định danh cá nhân",
    "CMND": "Số chứng minh nhân dân",
    "HC": "Số hộ chiếu",
}
STATES = {
    "good": "Chưa bị thu hồi",
    "revoked": "Đã bị thu hồi",
    "unknown": "Chưa biết",
}


def faults(found: tuple[Finding, ...]) -> list[dict[str, str]]:
    """What is wrong and what to do, with the code for whoever helps."""
    return [{"text": one.sentence, "advice": one.what_to_do, "code": one.code} for one in found]


def facts(report: SignatureReport) -> list[dict[str, Any]]:
    """Who signed with which certificate, when, and what its issuer says."""
    if report.signer is None or report.certificate is None:
        return []
    certificate = report.certificate
    days = {"first": date_vi(certificate.valid_from), "last": date_vi(certificate.valid_to)}
    rows = [
        {"label": _signer_label(report), "value": report.signer.common_name, "note": report.signer.organisation},
        _number(report.signer),
        {
            "label": translate("Chứng thư số"),
            "value": translate("Hiệu lực từ {first} đến {last}", **days),
            "note": translate(
                "Nơi cấp: {issuer}. Số sê-ri {serial}", issuer=certificate.issuer, serial=_serial(report)
            ),
        },
        _signed_at(report),
        _time_stamp(report),
        _revocation(report),
        {
            "label": translate("Phạm vi ký"),
            "value": translate("Toàn bộ tệp") if report.covers_whole_document else translate("Không phải toàn bộ tệp"),
        },
    ]
    return [row for row in rows if row]


def masked(number: str) -> str:
    """`•••••••••278`."""
    return "•" * max(0, len(number) - SHOWN_DIGITS) + number[-SHOWN_DIGITS:]


def _signer_label(report: SignatureReport) -> str:
    """Of a signature that does not hold nobody knows who made it."""
    return translate("Người ký") if report.valid else translate("Tên ghi trong chữ ký")


def _number(signer: Signer) -> dict[str, Any]:
    if not signer.uid_number:
        return {}
    return {"label": translate(NUMBERS[signer.uid_kind]), "value": masked(signer.uid_number)}


def _serial(report: SignatureReport) -> str:
    """Hexadecimal, as other programs show it."""
    return f"{int(report.certificate.serial):X}" if report.certificate else ""


def _signed_at(report: SignatureReport) -> dict[str, Any]:
    if report.signed_at is None:
        return {}
    note = "" if report.timestamp else translate("Theo đồng hồ của người ký")
    return {"label": translate("Ký lúc"), "value": datetime_vi(report.signed_at), "note": note}


def _time_stamp(report: SignatureReport) -> dict[str, Any]:
    if report.timestamp is None:
        return {"label": translate("Dấu thời gian"), "value": translate("Không có dấu thời gian tin cậy")}
    return {
        "label": translate("Dấu thời gian"),
        "value": datetime_vi(report.timestamp.at),
        "note": report.timestamp.authority,
    }


def _revocation(report: SignatureReport) -> dict[str, Any]:
    revocation = report.revocation
    if revocation is None:
        return {}
    note = ""
    if revocation.checked_at:
        note = translate("Theo nơi cấp, lúc {moment}", moment=datetime_vi(revocation.checked_at))
    if revocation.revoked_at:
        note = translate("Thu hồi lúc {moment}", moment=datetime_vi(revocation.revoked_at))
    return {"label": translate("Tình trạng thu hồi"), "value": translate(STATES[revocation.state]), "note": note}

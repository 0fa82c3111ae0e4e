"""What the check page shows of a paper, and of the proofs it carries."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from ansinh.dossiers.issued import Issued
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi, datetime_vi, size_vi
from ansinh.proof.present import Fit, Looked, look
from ansinh.web.formats import groups4
from ansinh.web.public.words import ISSUED, named
from ansinh.web.standing_words import standing_words

MOST_PROOFS = 50


@dataclass(frozen=True)
class PaperResult:
    """The verdict (`kind` is ok, wait or bad) and what stands below it."""

    title: str
    kind: str
    text: str
    findings: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)
    paper: list[dict[str, Any]] = field(default_factory=list)
    signature: list[dict[str, Any]] = field(default_factory=list)
    proof: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    own_file: str = ""
    lines: tuple[str, ...] = ()
    file_name: str = ""
    digest: str = ""
    look_up: str = ""
    is_card: bool = False


def issued_facts(issued: Issued | None) -> list[dict[str, Any]]:
    """What anybody may know of a paper we gave."""
    if issued is None:
        return []
    stands = standing_words(issued.standing)
    rows = [
        {"label": translate("Tình trạng"), "value": stands} if stands else {},
        {"label": translate("Loại văn bản"), "value": named(ISSUED, issued.kind)},
        {"label": translate("Số văn bản"), "value": issued.number} if issued.number else {},
        {"label": translate("Thuộc hồ sơ"), "value": issued.dossier_number},
        {"label": translate("Cơ quan phát hành"), "value": pick(issued.office, "name")},
        {"label": translate("Ngày phát hành"), "value": date_vi(issued.issued_at)},
    ]
    return [row for row in rows if row]


def stated_values(statement: bytes | None) -> dict[str, Any]:
    """The statement read; empty when there is none, or one that somebody else made of other parts."""
    try:
        value = json.loads(statement or b"{}")
        files = [
            {"name": str(one["name"]), "size": int(one["size"]), "sha256": str(one["sha256"])}
            for one in value.get("files", [])
        ]
        return {"dossier": str(value.get("dossier", "")), "files": files, "proofs": list(value.get("proofs", []))}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def proof_facts(stated: dict[str, Any]) -> list[dict[str, Any]]:
    """The proofs of a paper against the log as it is today, in words."""
    looked = [look(proof) for proof in stated.get("proofs", [])[:MOST_PROOFS]]
    if not looked:
        return []
    worst = next((one for one in looked if one.fit is not Fit.FITS), None)
    return [*_places([one for one in looked if one.fit is not Fit.WRONG]), _today(worst)]


def _places(looked: list[Looked]) -> list[dict[str, Any]]:
    if not looked:
        return []
    last = looked[-1]
    return [
        {
            "label": translate("Vị trí trong nhật ký"),
            "value": ", ".join(str(one.index) for one in looked),
            "note": translate("Nhật ký chỉ ghi thêm, không sửa được mà không bị phát hiện."),
        },
        {
            "label": translate("Mốc niêm phong"),
            "value": translate("{size} sự kiện, lúc {moment}", size=last.size, moment=datetime_vi(last.sealed_at))
            if last.sealed_at
            else str(last.size),
        },
    ]


def _today(worst: Looked | None) -> dict[str, Any]:
    label = translate("Nhật ký hôm nay")
    if worst is None:
        return {"label": label, "value": translate("Khớp: vẫn giữ nguyên mọi điều văn bản này chứng minh")}
    if worst.fit is Fit.WRONG:
        return {"label": label, "value": translate("Bằng chứng kèm theo không đúng: không dẫn đến mốc nào do cổng ký")}
    return {
        "label": label,
        "value": translate("Không khớp: nhật ký hiện nay không còn mốc này"),
        "note": translate("Văn bản vẫn đúng. Xin giữ lại và báo cơ quan: nhật ký có thể đã bị cắt hoặc sửa."),
    }


def file_rows(stated: dict[str, Any]) -> list[dict[str, Any]]:
    """The files a paper names, numbered as on the paper."""
    return [
        {
            "number": number,
            "name": str(one["name"]),
            "size": size_vi(int(one["size"])),
            "digest": groups4(one["sha256"]),
        }
        for number, one in enumerate(stated.get("files", []), start=1)
    ]


def own_file_words(stated: dict[str, Any], digest: str) -> str:
    """Which of the paper's files a file of one's own is."""
    for number, one in enumerate(stated.get("files", []), start=1):
        if one["sha256"] == digest:
            return translate(
                "Đúng từng byte: tệp của ông/bà là tệp số {number} ({name}) của hồ sơ {dossier}.",
                number=number,
                name=one["name"],
                dossier=stated["dossier"],
            )
    return translate("Tệp của ông/bà không trùng với tệp nào ghi trong văn bản này.")

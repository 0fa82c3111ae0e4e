"""The data of a letter: what the templates of decisions, refusals and supplement requests print."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ansinh.casework.models import Decision
from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.offices.models import Office
from ansinh.offices.queries import office, one_line
from ansinh.people.actors import OfficerActor
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day


def decision_data(
    dossier: Dossier, decision: Decision, *, signer: OfficerActor | None, capacity: str, at: datetime
) -> dict[str, Any]:
    """Everything a decision template may print. Without a signer it is a draft and says so across the page."""
    folder = frozen(dossier.version_id)
    return {
        **letter_head(dossier, at=at),
        "draft": signer is None,
        "document": {
            "number": decision.number or None,
            "place": place_of(office(dossier.office_code)),
            "date": local_day(at),
        },
        "recipients": [*_addressee(dossier), f"Lưu: hồ sơ {dossier.number}."],
        "signature": {
            "capacity": capacity or None,
            "position": signer.title_vi if signer else "",
            "full_name": signer.name if signer else "",
            "organisation": office(dossier.office_code).name_vi,
            "signed_at": at if signer else None,
        },
        "answers": dossier.answers,
        "grounds": grounds(folder, dossier),
        "calculation": _calculation(decision),
        "decision": {"amount": decision.amount, "note": decision.note, "override_reason": decision.override_reason},
    }


def letter_head(dossier: Dossier, *, at: datetime) -> dict[str, Any]:
    """Agency, person and dossier as every letter names them."""
    folder = frozen(dossier.version_id)
    holder = office(dossier.office_code)
    return {
        "agency": {
            "parent": holder.parent.name_vi if holder.parent else "Bảo hiểm xã hội Việt Nam",
            "name": holder.name_vi,
        },
        "document": {"number": None, "place": place_of(holder), "date": local_day(at)},
        "draft": False,
        "recipients": [*_addressee(dossier), f"Lưu: hồ sơ {dossier.number}."],
        "dossier": {
            "number": dossier.number,
            "procedure": folder.procedure.name_vi,
            "procedure_code": folder.procedure.national_code or "",
            "submitted_at": dossier.submitted_at,
            "received_at": dossier.accepted_at,
        },
        "person": person_data(dossier, on_day=at),
    }


def person_data(dossier: Dossier, *, on_day: datetime) -> dict[str, Any]:
    """The person a letter speaks to."""
    answers = dossier.answers
    sex = answers.get("gender") or (dossier.account.person.sex if dossier.account and dossier.account.person else "")
    address = answers.get("contact_address") or answers.get("result_address") or {}
    return {
        "salutation": {"male": "Ông", "female": "Bà"}.get(str(sex), "Ông/bà"),
        "full_name": dossier.applicant_name,
        "date_of_birth": dossier.applicant_born or None,
        "si_number": dossier.si_number,
        "id_number": answers.get("id_number") or "",
        "address": one_line(address, on=local_day(on_day)),
    }


def grounds(folder: ProcedureFolder, dossier: Dossier) -> list[str]:
    """The legal basis in force of the frozen version, then the dossier itself."""
    texts = [
        f"{basis.title_vi or 'Văn bản'} số {basis.number}"
        + (f" ngày {date_vi(basis.date)}" if basis.date else "")
        + (f", {basis.articles_vi}" if basis.articles_vi else "")
        for basis in folder.procedure.legal_basis
        if basis.status == "in_force"
    ]
    return [*texts, f"Xét hồ sơ số {dossier.number} của {dossier.applicant_name}"]


def place_of(issuer: Office) -> str:
    """The place a letter is dated from: the office's name without its kind."""
    name = issuer.name_vi
    for prefix in ("Bảo hiểm xã hội cơ sở ", "BHXH cơ sở ", "Bảo hiểm xã hội tỉnh ", "BHXH tỉnh ", "BHXH thành phố "):
        name = name.removeprefix(prefix)
    return name


def _addressee(dossier: Dossier) -> Iterable[str]:
    return [f"{dossier.applicant_name};"]


def _calculation(decision: Decision) -> dict[str, Any] | None:
    rows = [row for row in decision.outcomes if row.get("outcome")]
    if not rows:
        return None
    values: dict[str, Any] = {}
    steps: list[dict[str, Any]] = []
    for row in rows:
        values |= row["outcome"]["values"]
        for step in row["outcome"]["steps"]:
            line: dict[str, Any] = {"label": step["what_vi"], "article": step["article"]}
            if step.get("amount") is not None:
                line["amount"] = step["amount"]
            else:
                line["value"] = step["arithmetic"]
            steps.append(line)
    return {
        **values,
        "amount": decision.amount,
        "steps": steps,
        "results": [
            {"name": row["name_vi"], "amount": row["amount"], "per": row["per"]}
            for row in rows
            if row["amount"] is not None
        ],
    }

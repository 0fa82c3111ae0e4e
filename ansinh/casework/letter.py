"""The data of a letter: what the templates of decisions, refusals and supplement requests print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings

from ansinh.casework.effects.take_effect import effects_of
from ansinh.casework.models import Decision
from ansinh.casework.rounds import present_round
from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.lists import names
from ansinh.dossiers.models import Dossier
from ansinh.eforms.display import show_answers
from ansinh.offices.queries import office, one_line, place_of
from ansinh.payments.first_list import first_list
from ansinh.people.models import Person
from ansinh.platform.errors import DomainError
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day

CHECK_PAGE = "/minh-chung"
MOST_EXPLAINED = 40
"""Lines whose steps a letter prints; the letter of a longer list has the amounts, and the office keeps the steps."""
STANDING = frozenset({"in_force"})
"""Status of a legal basis that a letter may name."""


def decision_data(dossier: Dossier, decision: Decision, *, at: datetime) -> dict[str, Any]:
    """Everything a decision template may print. Not approved yet it is a draft and says so across the page.

    An approved one is dated, numbered and signed as of its approval, whatever `at` is.
    """
    signer = decision.signed_by
    at = decision.signed_at or at
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
            "capacity": decision.signed_capacity or None,
            "position": decision.signed_title,
            "full_name": signer.full_name if signer else "",
            "organisation": office(dossier.office_code).name_vi,
            "signed_at": at if signer else None,
        },
        **check_address(),
        "answers": dossier.answers,
        "shown": _shown(folder, dossier, at=at),
        "bank_name": bank_name(dossier, on=local_day(at)),
        "grounds": [*grounds(folder, dossier, on=local_day(at)), *_replaces(dossier)],
        "calculation": calculation_data(decision.outcomes, amount=_decided(decision)),
        "monthly": monthly(dossier, decision, at=at),
        "decision": {"amount": decision.amount, "note": decision.note, "override_reason": decision.override_reason},
    }


def monthly(dossier: Dossier, decision: Decision, *, at: datetime) -> list[dict[str, Any]]:
    """Of each monthly benefit the decision begins: whom it is for, the list that pays it first, and what with it."""
    effects = frozen(dossier.version_id).procedure.effects
    if decision.kind != "grant" or not any(one.does == "benefit_started" for one in effects):
        return []
    try:
        wanted = effects_of(dossier, decision, at=at)
    except DomainError:  # an input is missing: the signature is refused with that sentence
        return []
    day, found = local_day(at), []
    for one in wanted:
        if one.effect.does == "benefit_started":
            first = first_list(one.inputs["start_month"], office_code=dossier.office_code, on=day)
            found.append(
                {
                    "beneficiary": one.inputs.get("beneficiary", ""),
                    "first": f"{first.month:%m/%Y}",
                    "from": f"{first.from_month:%m/%Y}" if first.from_month else None,
                    "to": f"{first.to_month:%m/%Y}" if first.to_month else None,
                }
            )
    return found


def check_address() -> dict[str, str]:
    """Where anybody can check a paper, as a QR code (`qr_address`) and in words."""
    address = f"{settings.PUBLIC_URL}{CHECK_PAGE}"
    return {"qr_address": address, "check_address": address.split("://", 1)[-1]}


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
    sex = answers.get("gender") or _sex_of_filer(dossier)
    address = answers.get("contact_address") or answers.get("result_address") or {}
    return {
        "salutation": {"male": "Ông", "female": "Bà"}.get(str(sex), "Ông/bà"),
        "full_name": dossier.applicant_name,
        "date_of_birth": dossier.applicant_born or None,
        "si_number": dossier.si_number,
        "id_number": answers.get("id_number") or "",
        "address": one_line(address, on=local_day(on_day)),
    }


def _sex_of_filer(dossier: Dossier) -> str:
    """Of whoever filed for oneself; empty for anybody else."""
    if dossier.account_id is None:
        return ""
    filer = Person.objects.filter(account=dossier.account_id).first()
    return filer.sex if filer is not None and dossier.owner_id in (None, filer.pk, dossier.account_id) else ""


def grounds(folder: ProcedureFolder, dossier: Dossier, *, on: date) -> list[str]:
    """The legal basis of the frozen version that is in force on the day of the letter, then the dossier itself."""
    texts = [
        f"{basis.title_vi or 'Văn bản'} số {basis.number}"
        + (f" ngày {date_vi(basis.date)}" if basis.date else "")
        + (f", {basis.articles_vi}" if basis.articles_vi else "")
        for basis in folder.procedure.legal_basis
        if basis.status in STANDING and (basis.in_force_from or basis.date or on) <= on
    ]
    return [*texts, f"Xét hồ sơ số {dossier.number} của {dossier.applicant_name}"]


def _replaces(dossier: Dossier) -> list[str]:
    """Which paper a new one replaces and why, of a dossier that was opened again."""
    made = present_round(dossier)
    if made is None:
        return []
    earlier = f"văn bản số {made.decision.number} ngày {date_vi(made.earlier_closed_at)}"
    return [f"Văn bản này thay thế {earlier}; căn cứ giải quyết lại: {made.ground_vi}"]


def _addressee(dossier: Dossier) -> Iterable[str]:
    return [f"{dossier.applicant_name};"]


def calculation_data(lines: Sequence[Mapping[str, Any]], *, amount: int | None) -> dict[str, Any] | None:
    """What a letter prints of the computed lines kept with a decision: values, lines of money, steps.

    ``results`` has one line for each sum, never a mixed total; ``amount`` (đồng) is what the officer decided when it
    differs from the computed total, and stands alone then. Lines that only look at conditions, and those of
    nothing beside a sum, are left out. None when nothing was computed and decided.
    """
    values: dict[str, Any] = {}
    parts: list[dict[str, Any]] = []
    results = [
        {"name": line["name_vi"], "amount": line["amount"], "per": line["per"], **_row_of(line.get("key", ""))}
        for line in lines
        if line["amount"]
    ]
    too_many = sum(line.get("outcome") is not None for line in lines) > MOST_EXPLAINED
    for line in lines:
        outcome = line.get("outcome")
        if not outcome:
            continue
        values |= outcome["values"]
        only_looks = outcome.get("grounds") and line["amount"] is None
        gives_nothing = results and line["amount"] == 0
        if not (only_looks or gives_nothing or too_many):
            parts.append({"name": line["name_vi"], "steps": [_step(step) for step in outcome["steps"]]})
    if not parts and not results and amount is None:
        return None
    return {
        **values,
        "amount": amount,
        "per": "month" if any(line["per"] == "month" for line in results) else "once",
        "results": results,
        "parts": parts,
        "steps": [step for part in parts for step in part["steps"]],
    }


def _row_of(key: str) -> dict[str, Any]:
    """Calculation and row of the line `sickness[3]`."""
    name, _, row = key.rstrip("]").partition("[")
    return {"key": name, "row": int(row) if row else None}


def bank_name(dossier: Dossier, *, on: date) -> str | None:
    """The name of the bank the money goes to; None when there is none or its code is not known."""
    account = dossier.answers.get("bank_account")
    code = account.get("bank") if isinstance(account, Mapping) else None
    return names(on=on)("banks", str(code)) if code else None


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    line: dict[str, Any] = {"label": step["what_vi"], "article": step["article"]}
    if step.get("amount") is not None:
        line["amount"] = step["amount"]
    else:
        line["value"] = step["arithmetic"]
    return line


def _decided(decision: Decision) -> int | None:
    """The amount the officer put in the place of the computed one."""
    return decision.amount if decision.amount != decision.computed_amount else None


def _shown(folder: ProcedureFolder, dossier: Dossier, *, at: datetime) -> dict[str, str]:
    """The answers in words by field key: names for codes of banks and communes, dates as people write them."""
    if folder.form is None:
        return {}
    sections = show_answers(folder.form, dossier.answers, name_of=names(on=local_day(at)))
    return {line.key: line.text_vi for section in sections for line in section.lines if line.text_vi != "–"}

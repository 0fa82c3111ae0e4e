"""Facts and laws of a service in short lines: for its page and for its guide."""

from __future__ import annotations

from typing import Any

from ansinh.catalogue.folder import LegalBasis, ProcedureFolder
from ansinh.platform.language import current, pick, translate
from ansinh.platform.vietnamese import date_vi, money
from ansinh.web.clock import today
from ansinh.web.public.time_limits import Limit, legal_limits, real_sentence
from ansinh.web.public.words import APPLICANTS, LAW_STATES, SERVICE_LEVELS, UNCHECKED, named, names


def facts_of(folder: ProcedureFolder) -> list[dict[str, Any]]:
    """The short table beside the title."""
    procedure = folder.procedure
    legal = legal_limits(folder)
    rows: list[dict[str, Any]] = []
    if legal:
        rows.append({"label": translate("Thời hạn theo quy định"), **_first_limit(legal)})
    if real := real_sentence(folder.slug, today=today()):
        rows.append({"label": translate("Thực tế 3 tháng qua"), "value": real[0], "note": real[1]})
    fee = money(procedure.fee.amount) if procedure.fee.amount else translate("Không mất tiền")
    rows += [
        {"label": translate("Lệ phí"), "value": fee},
        {"label": translate("Kết quả"), "value": "; ".join(pick(one, "name") for one in procedure.results)},
        {"label": translate("Cơ quan giải quyết"), "value": pick(procedure, "agency")},
        {"label": translate("Dành cho"), "value": ", ".join(names(APPLICANTS, procedure.applicants))},
        {"label": translate("Mức độ ở đây"), "value": named(SERVICE_LEVELS, procedure.level)},
    ]
    if procedure.since:
        rows.append({"label": translate("Quy định áp dụng từ"), "value": date_vi(procedure.since)})
    return rows


def law_line(basis: LegalBasis) -> dict[str, str]:
    """One law with its day, its validity and how well we know it (R-170)."""
    states = [named(LAW_STATES, basis.status)]
    if basis.quality in ("from_knowledge", "secondary"):
        states.append(translate(UNCHECKED))
    return {
        "number": basis.number,
        "title": basis.title_vi,
        "language": "vi" if current() != "vi" else "",
        "articles": basis.articles_vi,
        "issued": translate("ban hành {day}", day=date_vi(basis.date)) if basis.date else "",
        "state": ". ".join(states) + ".",
    }


def _first_limit(legal: list[Limit]) -> dict[str, str]:
    if len(legal) == 1:
        return {"value": legal[0].time, "note": " ".join([legal[0].about, legal[0].notes[0]]).strip()}
    times = list(dict.fromkeys(one.time for one in legal))
    if len(times) == 1:
        return {"value": times[0], "note": legal[0].notes[0]}
    return {"value": translate(" hoặc ").join(times), "note": translate("Tùy trường hợp, xem bên dưới.")}

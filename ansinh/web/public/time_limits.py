"""Time limits of a procedure in words: what the law gives the office, what the person has, what it really takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.catalogue.folder import Deadline, FilingLimit, ProcedureFolder
from ansinh.dossiers.models import RealTime
from ansinh.dossiers.real_time import real_time
from ansinh.platform.language import pick, translate
from ansinh.web.public.condition_words import in_words
from ansinh.web.public.words import APPLICANTS, COUNTED_FROM, UNCHECKED, named, span


@dataclass(frozen=True)
class Limit:
    """`time` is the span; `about` says which result or case it is for; `notes` are whole sentences."""

    time: str
    about: str
    notes: tuple[str, ...]


def legal_limits(folder: ProcedureFolder) -> list[Limit]:
    """What the office has, one line for each limit of the law; targets without a law are marked."""
    return [_limit(one, folder) for one in folder.procedure.deadlines]


def filing_limits(folder: ProcedureFolder) -> list[Limit]:
    """Until when people file."""
    return [
        Limit(
            time=_counted(one),
            about=f"{pick(one, 'what') or named(APPLICANTS, one.who)}",
            notes=(translate("Khi {clause}.", clause=in_words(one.when, folder.form)),)
            if one.when and folder.form
            else (),
        )
        for one in folder.procedure.filing_limits
    ]


def real_sentence(slug: str, *, today: date) -> tuple[str, str] | None:
    """How long it took in the last three months: the finding, and the rest of it. None without enough dossiers."""
    found = real_time(slug, today=today)
    return None if found is None else real_words(found)


def real_words(found: RealTime) -> tuple[str, str]:
    """A measure in words."""
    return (
        translate("Một nửa xong trong {n} ngày làm việc", n=found.half_within),
        translate(
            "9 trong 10 hồ sơ xong trong {n} ngày; {late} % trễ hẹn. Tính trên {count} hồ sơ.",
            n=found.nine_in_ten_within,
            late=f"{found.late_permille / 10:.1f}".replace(".", ","),
            count=found.count,
        ),
    )


def _limit(one: Deadline, folder: ProcedureFolder) -> Limit:
    notes = [named(COUNTED_FROM, one.counted_from)]
    if one.kind == "legal_maximum":
        notes.insert(0, translate("Đây là mức dài nhất luật cho phép."))
    if one.kind == "proposed_target":
        notes.insert(0, translate("Đây là mức phấn đấu, luật không quy định thời hạn."))
    if one.chosen_by is not None:
        notes.insert(0, translate("Chỉ khi cơ quan BHXH có văn bản báo trước."))
    if pick(one, "note"):
        notes.append(pick(one, "note"))
    if one.basis_vi:
        notes.append(one.basis_vi.rstrip(".") + ".")
    if one.quality in ("from_knowledge", "secondary"):
        notes.append(translate(UNCHECKED) + ".")
    return Limit(time=span(one.value, one.unit), about=_about(one, folder), notes=tuple(notes))


def _about(one: Deadline, folder: ProcedureFolder) -> str:
    if pick(one, "name"):
        return pick(one, "name")
    if one.for_result and len(folder.procedure.results) > 1:
        return pick(folder.procedure.result(one.for_result), "name")
    return ""


def _counted(one: FilingLimit) -> str:
    return translate("{span} kể từ {start}", span=span(one.value, one.unit), start=pick(one, "counted_from"))

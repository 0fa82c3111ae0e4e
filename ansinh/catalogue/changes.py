"""What differs between two versions of a procedure, piece by piece: added, removed, changed with before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.eforms.definition import Field

Kind = Literal["added", "removed", "changed"]
Facts = Mapping[str, Any]
_TEXT: Final = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something a version consists of; `facts` are what is compared. A fact that is text has a pair of languages."""

    name_vi: str
    name_en: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `area` is field, paper, deadline, fee, result, stage, law, form, calculation, filing or route;
    `what` names the fact that changed."""

    area: str
    kind: Kind
    name_vi: str
    name_en: str
    what: str = ""
    before: Any = None
    after: Any = None


def changes(before: ProcedureFolder, after: ProcedureFolder) -> tuple[Change, ...]:
    """Everything that differs, area by area, in the order of the newer version."""
    old, new = dict(_areas(before)), dict(_areas(after))
    return tuple(change for area in new for change in _between(area, old.get(area, {}), new[area]))


def _between(area: str, old: Mapping[str, Piece], new: Mapping[str, Piece]) -> Iterator[Change]:
    for key, piece in new.items():
        if key not in old:
            yield Change(area, "added", piece.name_vi, piece.name_en)
            continue
        for what, value in piece.facts.items():
            earlier = old[key].facts.get(what)
            if earlier != value:
                yield Change(area, "changed", piece.name_vi, piece.name_en, what, earlier, value)
    for key, piece in old.items():
        if key not in new:
            yield Change(area, "removed", piece.name_vi, piece.name_en)


def _areas(folder: ProcedureFolder) -> Iterator[tuple[str, dict[str, Piece]]]:
    procedure = folder.procedure
    yield "route", {"": Piece("", "", {
        "decided_at": procedure.route.decided_at, "online": procedure.online, "level": procedure.level,
        "eligibility": _pair(procedure, "eligibility"),
    })}  # fmt: skip
    yield "fee", {"": Piece("", "", {"amount": procedure.fee.amount})}
    yield "deadline", {
        one.key: Piece(one.name_vi, one.name_en, {
            "span": (one.value, one.unit), "counted_from": one.counted_from, "basis": _same(one.basis_vi),
            "when": one.when,
        })
        for one in procedure.deadlines
    }  # fmt: skip
    yield (
        "filing",
        {
            f"{one.who} {one.what_vi}": Piece(one.what_vi, one.what_en, {"span": (one.value, one.unit)})
            for one in procedure.filing_limits
        },
    )
    yield "paper", {
        one.key: Piece(one.name_vi, one.name_en, {
            "name": (one.name_vi, one.name_en), "required": one.required, "when": one.when,
            "original_by_post": one.original_by_post, "hint": (one.hint_vi, one.hint_en),
        })
        for one in folder.papers
    }  # fmt: skip
    yield "field", dict(_fields(folder))
    yield "result", {one.key: Piece(one.name_vi, one.name_en, {"when": one.when}) for one in procedure.results}
    yield "stage", {one.key: Piece(one.name_vi, one.name_en, {"role": one.role}) for one in folder.stages}
    yield (
        "form",
        {one.code: Piece(f"{one.code} {one.name_vi}", f"{one.code} {one.name_en}", {}) for one in procedure.forms},
    )
    yield (
        "calculation",
        {
            one.key: Piece(one.name_vi, one.name_en, {"rule": one.benefit, "when": one.when})
            for one in procedure.calculations
        },
    )
    yield (
        "law",
        {
            one.number: Piece(one.number, one.number, {"status": one.status, "articles": _same(one.articles_vi)})
            for one in procedure.legal_basis
        },
    )


def _fields(folder: ProcedureFolder) -> Iterator[tuple[str, Piece]]:
    for field in folder.form.fields() if folder.form else ():
        yield field.key, _field(field)
        for column in field.columns:
            yield f"{field.key}.{column.key}", _field(column, within=field)


def _field(field: Field, *, within: Field | None = None) -> Piece:
    head_vi, head_en = (f"{within.label_vi}: ", f"{within.label_en}: ") if within else ("", "")
    return Piece(head_vi + field.label_vi, head_en + field.label_en, {
        "label": (field.label_vi, field.label_en), "type": field.type, "required": field.required, "when": field.when,
        "choices": ("; ".join(one.label_vi for one in field.choices), "; ".join(one.label_en for one in field.choices)),
        "limits": (field.minimum, field.maximum, field.earliest, field.latest),
    })  # fmt: skip


def _same(text: str) -> tuple[str, str]:
    """Text that has only its Vietnamese words."""
    return text, text


def _pair(thing: Any, name: str) -> tuple[str, str]:
    found = ("; ".join(getattr(thing, f"{name}_{language}")) for language in _TEXT)
    return next(found), next(found)

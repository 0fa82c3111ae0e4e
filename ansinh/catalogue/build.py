"""Builds the dataclasses of a procedure from checked content (from files or from a frozen version)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansinh.catalogue.folder import (
    Calculation,
    Course,
    Deadline,
    Effect,
    Entered,
    Example,
    Fee,
    FilingLimit,
    Ground,
    LegalBasis,
    Mend,
    OfficialForm,
    Paper,
    Payment,
    Procedure,
    Result,
    Route,
    Source,
    Stage,
)
from ansinh.eforms.conditions import Condition, parse_condition
from ansinh.eforms.marks import place

Node = Mapping[str, Any]


def build_procedure(slug: str, in_force_on: date, node: Node, *, where: str) -> Procedure:
    """The procedure of ``procedure.yaml``."""
    plain_keys = (
        "name_vi", "name_en", "short_name_vi", "short_name_en", "field_vi", "field_en",
        "summary_vi", "summary_en", "level", "online",
    )  # fmt: skip
    optional = (
        "level_reason_vi", "level_reason_en", "not_yet_vi", "not_yet_en", "page", "national_code",
        "older_code", "variant_of", "kind", "minutes_needed", "supplement_effect",
    )  # fmt: skip
    lists = (
        "applicants", "channels", "result_channels", "groups", "seed_rows", "eligibility_vi",
        "eligibility_en", "prepare_vi", "prepare_en",
    )  # fmt: skip
    agency = node["agency"]
    return Procedure(
        slug=slug,
        in_force_on=in_force_on,
        group=node["groups"][0],
        agency_levels=tuple(agency["levels"]),
        agency_vi=agency["name_vi"],
        agency_en=agency["name_en"],
        route=Route(
            received_by=node["route"]["received_by"],
            decided_at=tuple(node["route"]["decided_at"]),
            function=node["route"]["function"],
        ),
        fee=Fee(**node["fee"]),
        results=tuple(_with_when(Result, part, where) for part in node["results"]),
        deadlines=tuple(_with_when(Deadline, part, where) for part in node["deadlines"]),
        legal_basis=tuple(_law(part) for part in node["legal_basis"]),
        filing_limits=tuple(_with_when(FilingLimit, p, where) for p in node.get("filing_limits", ())),
        forms=tuple(OfficialForm(**part) for part in node.get("forms", ())),
        calculations=tuple(_calculation(part, where) for part in node.get("calculations", ())),
        effects=tuple(_effect(part, where) for part in node.get("effects", ())),
        payment=_payment(node.get("payment"), where),
        since=_day(node.get("since")),
        opened_on=_day(node.get("opened_on")),
        closed_on=_day(node.get("closed_on")),
        **{key: node[key] for key in plain_keys},
        **{key: node[key] for key in optional if key in node},
        **_lists(node, lists),
    )


def _payment(node: Node | None, where: str) -> Payment | None:
    if node is None:
        return None
    spot = place(where, node)
    days = {key: (node[key]["result_of"], node[key]["take"]) for key in ("from_day", "to_day") if key in node}
    return Payment(
        amount_of=tuple(node["amount_of"]),
        when=_condition(node.get("when"), where=spot),
        fund=node["fund"],
        purpose_vi=node["purpose_vi"],
        purpose_en=node["purpose_en"],
        then=node["then"],
        **days,
    )


def build_papers(node: Node, *, where: str) -> tuple[Paper, ...]:
    """The papers of ``documents.yaml``."""
    return tuple(_with_when(Paper, part, where) for part in node["papers"])


def build_stages(node: Node, *, where: str) -> tuple[Stage, ...]:
    """The steps of ``stages.yaml``."""
    return tuple(_with_when(Stage, part, where) for part in node["stages"])


def build_example(key: str, node: Node) -> Example:
    """One file of ``examples/``."""
    return Example(
        key=key,
        name_vi=node["name_vi"],
        name_en=node.get("name_en", ""),
        today=date.fromisoformat(node["today"]),
        answers=node["answers"],
        expected=node["expected"],
        accepted_at=node.get("accepted_at"),
        papers=node.get("papers", {}),
        record=node.get("record", {}),
        records=node.get("records", {}),
        confirmed_electronically=node.get("confirmed_electronically", True),
        applicant=node.get("applicant", ""),
        course=_course(node.get("course", {})),
    )


def _course(node: Node) -> Course:
    entered = node.get("entered")
    return Course(
        supplement=tuple(Mend(**part) for part in node.get("supplement", ())),
        refused=tuple(Ground(**part) for part in node.get("refused", ())),
        entered=None if entered is None else Entered(**entered),
    )


def _lists(node: Node, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: tuple(node.get(key, ())) for key in keys}


def _with_when(made: Any, node: Node, where: str) -> Any:
    values = dict(node)
    values["when"] = _condition(node.get("when"), where=place(where, node))
    return made(**values)


def _law(node: Node) -> LegalBasis:
    return LegalBasis(
        **{
            "status": "unknown",
            **node,
            "date": _day(node.get("date")),
            "in_force_from": _day(node.get("in_force_from")),
        }
    )


def _calculation(node: Node, where: str) -> Calculation:
    spot = place(where, node)
    plain_keys = (
        "benefit", "event", "for_each", "row_label", "record_of", "paid_rows", "per", "result", "name_vi", "name_en",
        "not_computed_vi", "not_computed_en",
    )  # fmt: skip
    return Calculation(
        key=node["key"],
        inputs=tuple((name, _source(part, spot)) for name, part in node.get("inputs", {}).items()),
        when=_condition(node.get("when"), where=spot),
        row_when=_condition(node.get("row_when"), where=spot),
        amount=tuple(node.get("amount", ())),
        **{key: node[key] for key in plain_keys if key in node},
    )


def _effect(node: Node | str, where: str) -> Effect:
    if isinstance(node, str):
        return Effect(key=node, does=node, is_done=False)
    spot = place(where, node)
    return Effect(
        key=node["key"],
        does=node["does"],
        inputs=tuple((name, _source(part, spot)) for name, part in node.get("with", {}).items()),
        when=_condition(node.get("when"), where=spot),
        row_when=_condition(node.get("row_when"), where=spot),
        **{key: node[key] for key in ("for_each", "row_label") if key in node},
    )


def _source(node: Node, where: str) -> Source:
    if "condition" in node:
        return Source("condition", condition=_condition(node["condition"], where=where))
    if "age_of" in node:
        return Source("age", value=node["age_of"], on=node["on"])
    if "result_of" in node:
        return Source("result", value=node["result_of"], on=node["take"], less=node.get("less"))
    if "spans" in node:
        return Source("spans", value=node["spans"][0], on=node["spans"][1])
    if "word_of" in node:
        return Source("word", value=node["word_of"], words=tuple(node["words"].items()))
    if "account" in node:
        return Source("account", words=tuple(node["account"].items()))
    if "amount_of" in node:
        named = node["amount_of"]
        return Source("amount", value=(named,) if isinstance(named, str) else tuple(named))
    [(kind, value)] = node.items()
    return Source(kind, value=value)


def _condition(node: object, *, where: str) -> Condition | None:
    return None if node is None else parse_condition(node, where=where)


def _day(text: object) -> date | None:
    return None if text is None else date.fromisoformat(str(text))

"""Checks that everything a folder names resolves: fields, papers, results, forms, roles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from ansinh.catalogue.check_effects import check_effect
from ansinh.catalogue.errors import FolderError
from ansinh.catalogue.folder import Calculation, Effect, Example, Payment, ProcedureFolder, Source
from ansinh.catalogue.yaml_file import line_of
from ansinh.eforms.conditions import Condition
from ansinh.eforms.definition import Form
from ansinh.eforms.parse import check_condition
from ansinh.law.benefits import BENEFITS

FEWEST_EXAMPLES = 3


def check_folder(
    folder: ProcedureFolder,
    nodes: Mapping[str, Any],
    *,
    examples: tuple[Example, ...],
    where: str,
) -> None:
    """Refuse with :class:`FolderError` (file and line) what does not resolve."""
    _check_unique(folder, nodes, where)
    _check_papers(folder, nodes, where)
    _check_procedure(folder, nodes, where)
    _check_stages(folder, nodes, where)
    for example in examples:
        _check_example(example, folder, f"{where}/examples/{example.key}.yaml")
    if folder.procedure.online and folder.procedure.page is None:
        _check_complete(folder, examples, where)


class _Spot:
    """Places of the parts of one file."""

    def __init__(self, nodes: Mapping[str, Any], kind: str, where: str) -> None:
        self._node = nodes[kind]
        self._file = f"{where}/{kind}.yaml"

    def __call__(self, *path: str | int) -> str:
        line = line_of(self._node, list(path))
        return f"{self._file}:{line}" if line else self._file


def _check_unique(folder: ProcedureFolder, nodes: Mapping[str, Any], where: str) -> None:
    groups: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("documents", "papers", (paper.key for paper in folder.papers)),
        ("stages", "stages", (stage.key for stage in folder.stages)),
        ("procedure", "results", (result.key for result in folder.procedure.results)),
        ("procedure", "deadlines", (limit.key for limit in folder.procedure.deadlines)),
        ("procedure", "effects", (effect.key for effect in folder.procedure.effects)),
    )
    for kind, part, keys in groups:
        seen: set[str] = set()
        for index, key in enumerate(keys):
            if key in seen:
                raise FolderError(_Spot(nodes, kind, where)(part, index), f"“{key}” stands twice in {part}")
            seen.add(key)


def _check_papers(folder: ProcedureFolder, nodes: Mapping[str, Any], where: str) -> None:
    spot = _Spot(nodes, "documents", where)
    forms = {form.code for form in folder.procedure.forms}
    for index, paper in enumerate(folder.papers):
        at = spot("papers", index)
        if paper.form is not None and paper.form not in forms:
            raise FolderError(at, f"paper “{paper.key}” names the form “{paper.form}”, not listed")
        if paper.required == "one_of" and paper.group is None:
            raise FolderError(at, f"paper “{paper.key}” is one of a group but names none")
        if paper.required == "when" and paper.when is None and not paper.when_vi:
            raise FolderError(at, f"paper “{paper.key}” needs “when” or “when_vi”")
        columns: frozenset[str] = frozenset()
        if paper.per_row_of is not None and folder.form is not None:
            columns = _check_table(paper.per_row_of, folder.form, at)
        _check_when(paper.when, folder.form, at, columns)


def _check_procedure(folder: ProcedureFolder, nodes: Mapping[str, Any], where: str) -> None:
    spot = _Spot(nodes, "procedure", where)
    results = {result.key for result in folder.procedure.results}
    for index, result in enumerate(folder.procedure.results):
        _check_when(result.when, folder.form, spot("results", index))
    for index, limit in enumerate(folder.procedure.deadlines):
        at = spot("deadlines", index)
        _check_when(limit.when, folder.form, at)
        if limit.for_result is not None and limit.for_result not in results:
            raise FolderError(at, f"deadline for the unknown result “{limit.for_result}”")
    for index, filing in enumerate(folder.procedure.filing_limits):
        _check_when(filing.when, folder.form, spot("filing_limits", index))
        if filing.from_field is not None:
            _check_field(filing.from_field, folder.form, spot("filing_limits", index))
    known: set[str] = set()
    for index, calculation in enumerate(folder.procedure.calculations):
        _check_calculation(calculation, folder, known, partial(spot, "calculations", index))
        known.add(calculation.key)
    for index, effect in enumerate(folder.procedure.effects):
        _check_effect(effect, folder, known, partial(spot, "effects", index))
    if folder.procedure.payment is not None:
        _check_payment(folder.procedure.payment, folder, known, spot("payment"))


def _check_payment(payment: Payment, folder: ProcedureFolder, known: set[str], at: str) -> None:
    _check_when(payment.when, folder.form, at)
    days = [day[0] for day in (payment.from_day, payment.to_day) if day is not None]
    for key in (*payment.amount_of, *days):
        if key not in known:
            raise FolderError(at, f"the payment names the unknown calculation “{key}”")


def _check_calculation(
    calculation: Calculation, folder: ProcedureFolder, known: set[str], spot: Callable[..., str]
) -> None:
    form, at = folder.form, spot()
    if not calculation.not_computed_vi and calculation.benefit not in BENEFITS:
        raise FolderError(at, f"the law has no benefit “{calculation.benefit}”")
    if calculation.result is not None and calculation.result not in {result.key for result in folder.procedure.results}:
        raise FolderError(at, f"calculation for the unknown result “{calculation.result}”")
    columns: frozenset[str] = frozenset()
    if calculation.for_each is not None and form is not None:
        columns = _check_table(calculation.for_each, form, at)
    _check_when(calculation.when, form, at)
    _check_when(calculation.row_when, form, at, columns)
    if calculation.row_label is not None and calculation.row_label not in columns:
        raise FolderError(at, f"“{calculation.row_label}” is not a column of “{calculation.for_each}”")
    if calculation.record_of is not None and calculation.record_of not in columns:
        raise FolderError(at, f"“{calculation.record_of}” is not a column of “{calculation.for_each}”")
    if calculation.event not in ("today", "first_of_next_month"):
        _check_field(calculation.event, form, at, columns)
    for name, source in calculation.inputs:
        _check_source(source, form, columns, known, spot("inputs", name))


def _check_effect(effect: Effect, folder: ProcedureFolder, known: set[str], spot: Callable[..., str]) -> None:
    form, at = folder.form, spot()
    columns: frozenset[str] = frozenset()
    if effect.for_each is not None and form is not None:
        columns = _check_table(effect.for_each, form, at)
    _check_when(effect.when, form, at)
    _check_when(effect.row_when, form, at, columns)
    if effect.row_label is not None and effect.row_label not in columns:
        raise FolderError(at, f"“{effect.row_label}” is not a column of “{effect.for_each}”")
    for name, source in effect.inputs:
        _check_source(source, form, columns, known, spot("with", name))
    check_effect(effect, folder, spot)


def _check_source(source: Source, form: Form | None, columns: frozenset[str], known: set[str], at: str) -> None:
    if source.kind in ("field", "age", "word", "spans", "month_after"):
        _check_field(str(source.value), form, at, columns)
    if source.kind in ("age", "spans") and source.on != "today":
        _check_field(str(source.on), form, at, columns)
    if source.kind == "account":
        for _, name in source.words:
            _check_field(str(name), form, at, columns)
    if source.kind == "result" and source.value not in known:
        raise FolderError(at, f"the calculation “{source.value}” does not come before this one")
    if source.kind == "condition":
        _check_when(source.condition, form, at, columns)


def _check_stages(folder: ProcedureFolder, nodes: Mapping[str, Any], where: str) -> None:
    spot = _Spot(nodes, "stages", where)
    kinds = [stage.kind for stage in folder.stages]
    for index, stage in enumerate(folder.stages):
        _check_when(stage.when, folder.form, spot("stages", index))
        if stage.kind == "applicant_sign" and kinds[index + 1 : index + 2] != ["sign"]:
            raise FolderError(spot("stages", index), "the applicant signs right before the leader")
    shares = sum(stage.share for stage in folder.stages)
    if shares not in (0, 100):
        at = _Spot(nodes, "stages", where)("stages")
        raise FolderError(at, f"the shares of the stages make {shares}, they must make 100")


def _check_example(example: Example, folder: ProcedureFolder, where: str) -> None:
    if example.applicant and example.applicant not in folder.procedure.applicants:
        raise FolderError(where, f"“{example.applicant}” is not among the applicants of the procedure")
    papers = {paper.key for paper in folder.papers}
    for one in example.course.supplement:
        if one.paper and one.paper.partition("@")[0] not in papers:
            raise FolderError(where, f"the unknown paper “{one.paper}”")
        if one.field:
            _check_field(one.field, folder.form, where)


def _check_complete(folder: ProcedureFolder, examples: tuple[Example, ...], where: str) -> None:
    if folder.form is None:
        raise FolderError(f"{where}/procedure.yaml", "online: true needs a form.yaml")
    if folder.decision_template is None:
        raise FolderError(f"{where}/procedure.yaml", "online: true needs a decision.typ")
    if len(examples) < FEWEST_EXAMPLES:
        raise FolderError(f"{where}/examples", f"online: true needs {FEWEST_EXAMPLES} examples, found {len(examples)}")
    kinds = {stage.kind for stage in folder.stages}
    for kind in ("submit", "intake", "appraise", "sign", "return"):
        if kind not in kinds:
            raise FolderError(f"{where}/stages.yaml", f"online: true needs a stage of kind {kind}")


def _check_when(when: Condition | None, form: Form | None, at: str, columns: frozenset[str] = frozenset()) -> None:
    if when is None:
        return
    if form is None:
        raise FolderError(at, "a condition needs a form.yaml to read from; say it in words instead")
    check_condition(when, form, where=at, also=columns)


def _check_field(key: str, form: Form | None, at: str, columns: frozenset[str] = frozenset()) -> None:
    names = {field.key for field in form.fields()} if form is not None else set()
    if key.split(".")[0] not in names | columns:
        raise FolderError(at, f"the unknown field “{key}”")


def _check_table(key: str, form: Form, at: str) -> frozenset[str]:
    _check_field(key, form, at)
    field = form.field(key)
    if field.type != "table":
        raise FolderError(at, f"“{key}” is not a table")
    return frozenset(column.key for column in field.columns)

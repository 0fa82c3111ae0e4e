"""Reads a form from the mapping of ``form.yaml`` and refuses anything that does not hold together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansinh.eforms.check_date import MONTHS_FROM_TODAY
from ansinh.eforms.conditions import Condition, fields_used, parse_condition, tests_in
from ansinh.eforms.definition import (
    COMPOSITE_TYPES,
    FIELD_TYPES,
    Choice,
    Field,
    Form,
    Rule,
    Section,
    Spans,
)
from ansinh.eforms.errors import FormError
from ansinh.eforms.household import COLUMNS
from ansinh.eforms.marks import place, text_of
from ansinh.eforms.parts import parts_for

HOUSEHOLD = "household"
"""A table with the columns of ``eforms.household``, written as a type of its own."""
_NEEDS_LIST = frozenset({"choice", "multi_choice"})
_TEXT_KEYS = (
    "hint_vi", "hint_en", "row_label_vi", "row_label_en", "unit_vi", "unit_en", "source_vi",
    "source_en", "guidance_vi", "guidance_en", "pattern_hint_vi", "pattern_hint_en",
)  # fmt: skip
_PLAIN_KEYS = (
    "catalogue", "min_rows", "max_rows", "prefill", "read_only", "minimum", "maximum",
    "at_most_field", "year_only", "pattern", "max_length", "must_be_true", "as_list",
)  # fmt: skip


def parse_form(node: Mapping[str, Any], *, where: str) -> Form:
    """The form written in ``node``; ``where`` names the file in errors (:class:`FormError`)."""
    sections = tuple(_section(part, where=where) for part in node.get("sections", []))
    if not sections:
        raise FormError(place(where, node), "a form needs at least one section")
    rules = tuple(_rule(part, where=where) for part in node.get("rules", []))
    form = Form(sections=sections, rules=rules)
    _check_unique(form, where=where, node=node)
    _check_references(form, where=where, node=node)
    return form


def _section(node: Mapping[str, Any], *, where: str) -> Section:
    spot = place(where, node)
    fields = tuple(parse_field(part, where=where) for part in node.get("fields", []))
    if not fields:
        raise FormError(spot, f"section “{node.get('key')}” has no fields")
    return Section(
        key=_word(node, "key", spot),
        title_vi=_word(node, "title_vi", spot),
        title_en=_word(node, "title_en", spot),
        fields=fields,
        hint_vi=text_of(node, "hint_vi"),
        hint_en=text_of(node, "hint_en"),
        when=_when(node, where=where),
    )


def parse_field(node: Mapping[str, Any], *, where: str) -> Field:
    """One field; raises :class:`FormError`."""
    spot = place(where, node)
    kind: Any = node.get("type")
    key = _word(node, "key", spot)
    if kind not in (*FIELD_TYPES, HOUSEHOLD):
        raise FormError(place(where, node, "type"), f"field “{key}” has the unknown type {kind!r}")
    choices = _choices(node, key=key, where=where)
    if kind in _NEEDS_LIST and not choices and not node.get("catalogue"):
        raise FormError(spot, f"field “{key}” of type {kind} needs “choices” or “catalogue”")
    household = kind == HOUSEHOLD
    if household:
        kind = "table"
        node = {"row_label_vi": "Thành viên", "row_label_en": "Member", "min_rows": 1, "max_rows": 30, **node}
    columns = tuple(parse_field(part, where=where) for part in (COLUMNS if household else node.get("columns", [])))
    if (kind == "table") != bool(columns):
        raise FormError(spot, f"field “{key}”: columns belong to a table, and a table needs them")
    if node.get("as_list") and any(column.parts or column.columns for column in columns):
        raise FormError(spot, f"field “{key}”: a cell of a list holds one answer, no address, account, person or table")
    parts = parts_for(kind, node.get("parts"), where=spot) if kind in COMPOSITE_TYPES else ()
    extra: dict[str, Any] = {name: text_of(node, name) for name in _TEXT_KEYS}
    extra |= {name: node[name] for name in _PLAIN_KEYS if name in node}
    for name in ("earliest", "latest"):
        if name in node:
            extra[name] = str(node[name])
    return Field(
        key=key,
        type=kind,
        label_vi=_word(node, "label_vi", spot),
        label_en=_word(node, "label_en", spot),
        required=bool(node.get("required", True)),
        when=_when(node, where=where),
        typed_when=_when(node, where=where, key="typed_when"),
        choices=choices,
        columns=columns,
        parts=parts,
        spans=_spans(node, columns, where=where),
        household=household,
        **extra,
    )


def _spans(node: Mapping[str, Any], columns: tuple[Field, ...], *, where: str) -> Spans | None:
    found = node.get("spans")
    if found is None:
        return None
    spans = Spans(found["first"], found["last"], tuple(found.get("of", ())))
    known = {column.key for column in columns}
    for name in (spans.first, spans.last, *spans.of):
        if name not in known:
            raise FormError(place(where, node, "spans"), f"“spans” names the unknown column “{name}”")
    return spans


def _choices(node: Mapping[str, Any], *, key: str, where: str) -> tuple[Choice, ...]:
    found = node.get("choices") or []
    if found == "yes_no":
        return (Choice("yes", "Có", "Yes"), Choice("no", "Không", "No"))
    if isinstance(found, str) or not isinstance(found, Sequence):
        raise FormError(place(where, node, "choices"), f"choices of “{key}” are a list or yes_no")
    choices = tuple(
        Choice(
            value=_word(choice, "value", place(where, choice)),
            label_vi=_word(choice, "label_vi", place(where, choice)),
            label_en=_word(choice, "label_en", place(where, choice)),
            hint_vi=text_of(choice, "hint_vi"),
            hint_en=text_of(choice, "hint_en"),
        )
        for choice in found
    )
    values = [choice.value for choice in choices]
    if len(set(values)) != len(values):
        raise FormError(place(where, node, "choices"), f"field “{key}” offers a value twice")
    return choices


def _rule(node: Mapping[str, Any], *, where: str) -> Rule:
    spot = place(where, node)
    when = _when(node, where=where)
    if when is None:
        raise FormError(spot, "a rule needs “when”: the answers that are wrong together")
    return Rule(
        key=_word(node, "key", spot),
        field=_word(node, "field", spot),
        when=when,
        message_vi=_word(node, "message_vi", spot),
        message_en=_word(node, "message_en", spot),
    )


def _when(node: Mapping[str, Any], *, where: str, key: str = "when") -> Condition | None:
    found = node.get(key)
    return None if found is None else parse_condition(found, where=place(where, node, key))


def _word(node: Mapping[str, Any], key: str, spot: str) -> str:
    value = node.get(key)
    if not isinstance(value, str) or not value.strip():
        raise FormError(spot, f"“{key}” is missing or is not text")
    return value


def _check_unique(form: Form, *, where: str, node: object) -> None:
    seen: set[str] = set()
    for field in form.fields():
        if field.key in seen:
            raise FormError(_spot_of(node, field.key, where), f"field “{field.key}” stands twice")
        seen.add(field.key)
    keys = [section.key for section in form.sections]
    if len(set(keys)) != len(keys):
        raise FormError(place(where, node), "two sections have the same key")


def _check_references(form: Form, *, where: str, node: object) -> None:
    known = {field.key: field for field in form.fields()}
    for section in form.sections:
        if section.when is not None:
            _check_condition(section.when, known, _spot_of(node, section.fields[0].key, where))
        for field in section.fields:
            spot = _spot_of(node, field.key, where)
            _check_field(field, known, spot)
            inner = known | {column.key: column for column in field.columns}
            for column in field.columns:
                _check_field(column, inner, spot)
    for rule in form.rules:
        if rule.field.split(".")[0] not in known:
            raise FormError(place(where, node, "rules"), f"rule “{rule.key}”: no field “{rule.field}”")
        _check_condition(rule.when, known, place(where, node, "rules"))
    _check_no_circle(form, place(where, node))


def _check_field(field: Field, known: Mapping[str, Field], spot: str) -> None:
    for condition in (field.when, field.typed_when):
        if condition is not None:
            _check_condition(condition, known, spot)
    if field.typed_when is not None and not field.read_only:
        raise FormError(spot, f"field “{field.key}”: “typed_when” belongs to a “read_only” field")
    if field.at_most_field is not None and field.at_most_field not in known:
        raise FormError(spot, f"“at_most_field” names the unknown field “{field.at_most_field}”")
    for bound in (field.earliest, field.latest):
        is_day = bound is None or bound == "today" or bound[:4].isdigit() or MONTHS_FROM_TODAY.fullmatch(bound)
        if bound and not is_day and bound not in known:
            raise FormError(spot, f"date bound “{bound}” is neither a day, today nor a field")


def check_condition(condition: Condition, form: Form, *, where: str, also: frozenset[str] = frozenset()) -> None:
    """Refuse a condition on a field or a value the form does not have (papers, deadlines).

    ``also`` names columns of the row the condition is read in.
    """
    known = {field.key: field for field in form.fields()}
    for field in form.fields():
        known |= {column.key: column for column in field.columns if column.key in also}
    _check_condition(condition, known, where)


def _check_condition(condition: Condition, known: Mapping[str, Field], spot: str) -> None:
    for test in tests_in(condition):
        field = known.get(test.field.split(".")[0])
        if field is not None and field.columns and "." in test.field:
            field = next((column for column in field.columns if column.key == test.field.split(".")[1]), None)
        if field is None:
            raise FormError(spot, f"the condition names the unknown field “{test.field}”")
        wanted = test.value if test.comparison == "in" else (test.value,)
        if not field.choices or test.comparison not in ("equals", "in"):
            continue
        offered = {choice.value for choice in field.choices}
        for value in wanted:
            if value not in offered:
                raise FormError(spot, f"the condition asks {field.key} == {value!r}, never offered")


def _check_no_circle(form: Form, spot: str) -> None:
    depends: dict[str, set[str]] = {}
    for section in form.sections:
        for field in section.fields:
            used = set(fields_used(field.when)) if field.when else set()
            used |= set(fields_used(section.when)) if section.when else set()
            depends[field.key] = {name.split(".")[0] for name in used}
    done: set[str] = set()

    def visit(key: str, trail: tuple[str, ...]) -> None:
        if key in trail:
            raise FormError(spot, f"conditions run in a circle: {' → '.join((*trail, key))}")
        if key in done:
            return
        for other in depends.get(key, ()):
            visit(other, (*trail, key))
        done.add(key)

    for key in depends:
        visit(key, ())


def _spot_of(node: object, field_key: str, where: str) -> str:
    """The line of a field, found again by its key."""
    if isinstance(node, Mapping):
        for section in node.get("sections", []):
            for field in section.get("fields", []):
                if field.get("key") == field_key:
                    return place(where, field)
    return place(where, node)

"""Checks the effects of a folder: each one is declared, done by something, and gets inputs of the right kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from ansinh.catalogue.effects import OWN_ACTION, Input, declarations
from ansinh.catalogue.errors import FolderError
from ansinh.catalogue.folder import Effect, ProcedureFolder, Source
from ansinh.catalogue.wanted import Unfit, as_input
from ansinh.eforms.definition import Field

Spot = Callable[..., str]

FITTING: Final[Mapping[str, frozenset[str]]] = {
    "day": frozenset({"date", "month"}),
    "month": frozenset({"date", "month"}),
    "money": frozenset({"money", "int"}),
    "count": frozenset({"int"}),
    "word": frozenset({"choice"}),
    "si_number": frozenset({"si_number"}),
    "id_number": frozenset({"id_number"}),
    "account": frozenset({"bank_account"}),
    "address": frozenset({"address"}),
    "person": frozenset({"person"}),
    "office": frozenset({"office"}),
}
"""Type of an input → types of the fields that can give it; any other input takes any one text."""
DECIDED: Final[Mapping[str, frozenset[str]]] = {
    "day": frozenset({"day", "month"}),
    "next_month": frozenset({"day", "month"}),
    "number": frozenset({"text"}),
    "office": frozenset({"office", "text"}),
    "dossier": frozenset({"text"}),
    "amount": frozenset({"money"}),
}
"""What the decision gives → types of the inputs it fits."""
MANY_PARTS: Final = frozenset({"account", "address", "person"})


def check_effect(effect: Effect, folder: ProcedureFolder, spot: Spot) -> None:
    """Raise FolderError for an effect that nothing would do, or whose inputs do not fit."""
    if not effect.is_done:
        if effect.does not in OWN_ACTION:
            raise FolderError(spot(), f"“{effect.does}” as a plain word does nothing: give it a key and its inputs")
        return
    if effect.does in OWN_ACTION:
        raise FolderError(spot(), f"“{effect.does}” is done by an action of its own: name it as a plain word")
    declared = declarations()[effect.does].inputs
    given = dict(effect.inputs)
    for name in given.keys() - declared.keys():
        raise FolderError(spot("with", name), f"“{effect.does}” takes no “{name}”; it takes {', '.join(declared)}")
    for one in declared.values():
        if not one.optional and one.name not in given:
            raise FolderError(spot(), f"“{effect.key}” needs “{one.name}” ({one.type})")
    for name, source in given.items():
        _check_fit(declared[name], source, folder, effect, partial(spot, "with", name))


def _check_fit(wanted: Input, source: Source, folder: ProcedureFolder, effect: Effect, spot: Spot) -> None:
    if source.kind == "value":
        try:
            as_input(wanted, source.value)
        except Unfit as unfit:
            raise FolderError(spot(), str(unfit)) from None
    if source.kind == "word" and wanted.words is not None:
        for _, word in source.words:
            if word not in wanted.words:
                raise FolderError(spot(), f"“{word}” is no word of “{wanted.name}”; known: {', '.join(wanted.words)}")
    if source.kind == "amount":
        money = {one.key for one in folder.procedure.calculations if one.is_money}
        for key in source.value:
            if key not in money:
                raise FolderError(
                    spot(), f"no calculation “{key}” decides an amount; known: {', '.join(sorted(money))}"
                )
        if wanted.type != "money":
            raise FolderError(spot(), f"“{wanted.name}” is no amount")
    if source.kind == "decided" and wanted.type not in DECIDED[str(source.value)]:
        raise FolderError(spot(), f"the decision’s “{source.value}” cannot be “{wanted.name}” ({wanted.type})")
    if source.kind == "condition" and wanted.type != "flag":
        raise FolderError(spot(), f"“{wanted.name}” ({wanted.type}) is not true or false")
    if source.kind == "month_after" and wanted.type not in ("day", "month"):
        raise FolderError(spot(), f"“{wanted.name}” ({wanted.type}) is no month")
    if source.kind == "account" and wanted.type != "account":
        raise FolderError(spot(), f"“{wanted.name}” ({wanted.type}) is no bank account")
    if source.kind == "field":
        _check_field(wanted, str(source.value), folder, effect, spot())


def _check_field(wanted: Input, name: str, folder: ProcedureFolder, effect: Effect, at: str) -> None:
    field = _field(name, folder, effect)
    if field is None or "." in name:
        return
    fitting = FITTING.get(wanted.type)
    if fitting is not None and field.type not in fitting:
        raise FolderError(at, f"“{wanted.name}” ({wanted.type}) cannot be the {field.type} field “{name}”")
    if fitting is None and (field.type in MANY_PARTS or field.type in ("table", "multi_choice", "bank_account")):
        raise FolderError(at, f"“{wanted.name}” is one text; “{name}” has several parts")
    if wanted.words is not None and field.type == "choice":
        for choice in field.choices:
            if choice.value not in wanted.words:
                raise FolderError(at, f"the choice “{choice.value}” of “{name}” is no word of “{wanted.name}”")


def _field(name: str, folder: ProcedureFolder, effect: Effect) -> Field | None:
    form = folder.form
    if form is None:
        return None
    fields = {field.key: field for field in form.fields()}
    if effect.for_each is not None:
        fields |= {column.key: column for column in fields[effect.for_each].columns}
    return fields.get(name.split(".")[0])

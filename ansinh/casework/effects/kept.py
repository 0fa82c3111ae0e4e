"""The inputs of an effect as they are kept with it: JSON values, without numbers that have a sealed place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from ansinh.catalogue.effects import declarations

MASKED: Final = frozenset({"id_number", "account", "person"})
"""Types of which a number is kept masked: alike when kept, they may still differ."""


def kept_inputs(does: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of the effect `does`, by name."""
    declared = declarations()[does].inputs
    return {name: _kept(declared[name].type, value) for name, value in inputs.items()}


def has_masked(does: str, inputs: Mapping[str, Any]) -> bool:
    """Whether what is kept hides a part that may differ."""
    declared = declarations()[does].inputs
    return any(declared[name].type in MASKED for name in inputs)


def _kept(kind: str, value: Any) -> Any:
    if kind == "id_number":
        return f"•••• {str(value)[-4:]}"
    if isinstance(value, Mapping) and "number" in value:
        return {**value, "number": f"•••• {str(value['number'])[-4:]}"}
    return value.isoformat() if isinstance(value, date) else value

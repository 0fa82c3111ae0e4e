"""YAML whose decimals are read as they are written: 7.19 is 719/100 and never passes a binary fraction.

A day that no calendar has (2026-02-30) stays text, so that whoever reads it can say which place it is in. A key given
twice is refused: the first of its values would be lost in silence.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import yaml

from ansinh.law.quantities import exact

if yaml.__with_libyaml__:  # ten times as fast
    from yaml import CSafeLoader as _Loader
else:
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_DECIMAL, _DAY, _MERGE = (f"tag:yaml.org,2002:{kind}" for kind in ("float", "timestamp", "merge"))
_DEEPEST = 100


class _ExactLoader(_Loader):
    """A SafeLoader with exact decimals."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE:
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(None, None, f"“{key.value}” stands twice", key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def _decimal(loader: _ExactLoader, node: yaml.ScalarNode) -> Fraction:
    text = str(loader.construct_scalar(node))
    try:
        return exact(text.replace("_", ""))
    except ValueError:
        raise yaml.constructor.ConstructorError(None, None, f"“{text}” is not a number", node.start_mark) from None


def _day(loader: _ExactLoader, node: yaml.ScalarNode) -> object:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return str(node.value)


_ExactLoader.add_constructor(_DECIMAL, _decimal)
_ExactLoader.add_constructor(_DAY, _day)


def read_yaml(text: str) -> Any:
    """The content of a YAML text; raises ``yaml.YAMLError`` for what is not YAML or not a number (.inf, .nan)."""
    _check_depth(text)
    return yaml.load(text, Loader=_ExactLoader)  # noqa: S506 - a SafeLoader


def _check_depth(text: str) -> None:
    """A parser tells its events one by one, whatever their depth; what builds values of them does not survive any."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise yaml.YAMLError("nested too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1

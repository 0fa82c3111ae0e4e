"""YAML whose decimals are read as they are written: 7.19 is 719/100 and never passes a binary fraction."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import yaml

from ansinh.law.quantities import exact

_DECIMAL = "tag:yaml.org,2002:float"


class _ExactLoader(yaml.SafeLoader):
    """A SafeLoader with exact decimals."""


def _decimal(loader: _ExactLoader, node: yaml.ScalarNode) -> Fraction:
    text = str(loader.construct_scalar(node))
    try:
        return exact(text.replace("_", ""))
    except ValueError:
        raise yaml.constructor.ConstructorError(None, None, f"“{text}” is not a number", node.start_mark) from None


_ExactLoader.add_constructor(_DECIMAL, _decimal)


def read_yaml(text: str) -> Any:
    """The content of a YAML text; raises ``yaml.YAMLError`` for what is not YAML or not a number (.inf, .nan)."""
    return yaml.load(text, Loader=_ExactLoader)  # noqa: S506 - a SafeLoader

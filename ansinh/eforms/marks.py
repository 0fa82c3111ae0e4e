"""Mappings that remember the line they were read from, so that errors can name it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class MarkedMap(dict[str, Any]):
    """A mapping read from a file: ``line`` is its first line, ``lines`` the line of each key."""

    line: int
    lines: dict[str, int]

    def __init__(self, *args: Any, line: int = 0, lines: dict[str, int] | None = None) -> None:
        super().__init__(*args)
        self.line = line
        self.lines = lines or {}


class MarkedList(list[Any]):
    """A list read from a file: ``lines`` holds the line of each item."""

    line: int
    lines: list[int]

    def __init__(self, *args: Any, line: int = 0, lines: list[int] | None = None) -> None:
        super().__init__(*args)
        self.line = line
        self.lines = lines or []


def place(where: str, node: object, key: str | None = None) -> str:
    """``where`` with the line of the node (or of one of its keys) when it is known."""
    if not isinstance(node, MarkedMap):
        return where
    line = node.lines.get(key, node.line) if key is not None else node.line
    return f"{where}:{line}"


def text_of(node: Mapping[str, Any], key: str) -> str:
    """The text under ``key``, or an empty text."""
    value = node.get(key)
    return "" if value is None else str(value)

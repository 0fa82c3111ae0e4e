"""Reads YAML so that every mapping and list knows its lines.

Days stay text (``2026-01-01``) and ``yes``/``no`` stay words: only ``true`` and ``false`` are
truth values. A key written twice is an error.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from ansinh.catalogue.errors import FolderError
from ansinh.eforms.marks import MarkedList, MarkedMap
from ansinh.platform.yaml_files import QuickLoader


class _Loader(QuickLoader):
    """SafeLoader without dates and without the truth values of YAML 1.1."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _first in "tf":
    _Loader.yaml_implicit_resolvers.setdefault(_first, []).append(
        ("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"))
    )


def _map(loader: _Loader, node: yaml.MappingNode) -> MarkedMap:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        line = key_node.start_mark.line + 1
        if key in values:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}” is written twice", key_node.start_mark)
        values[key] = loader.construct_object(value_node, deep=True)
        lines[key] = line
    return MarkedMap(values, line=node.start_mark.line + 1, lines=lines)


def _list(loader: _Loader, node: yaml.SequenceNode) -> MarkedList:
    values = [loader.construct_object(part, deep=True) for part in node.value]
    lines = [part.start_mark.line + 1 for part in node.value]
    return MarkedList(values, line=node.start_mark.line + 1, lines=lines)


_Loader.add_constructor("tag:yaml.org,2002:map", _map)
_Loader.add_constructor("tag:yaml.org,2002:seq", _list)


def read_yaml(path: Path, *, where: str) -> Any:
    """The content of a file; raises :class:`FolderError` with ``where:line``."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except FileNotFoundError:
        raise FolderError(where, "the file is missing") from None
    except UnicodeDecodeError:
        raise FolderError(where, "the file is not UTF-8") from None
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        line = f":{mark.line + 1}" if mark is not None else ""
        raise FolderError(f"{where}{line}", str(fault.problem)) from None


def plain(node: Any) -> Any:
    """The same content as ordinary dicts and lists."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node


def line_of(node: Any, path: list[str | int]) -> int | None:
    """The line of the deepest part of ``path`` that can be found."""
    line: int | None = getattr(node, "line", None)
    for step in path:
        if isinstance(node, MarkedMap) and isinstance(step, str):
            line = node.lines.get(step, line)
            node = node.get(step)
        elif isinstance(node, MarkedList) and isinstance(step, int) and step < len(node):
            line = node.lines[step] if step < len(node.lines) else line
            node = node[step]
        else:
            break
    return line

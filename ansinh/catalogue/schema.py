"""Checks the shape of a folder's files and names file and line of the first fault."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

import jsonschema_rs

from ansinh.catalogue.errors import FolderError
from ansinh.catalogue.yaml_file import line_of, plain, read_yaml

FileKind = Literal["procedure", "form", "documents", "stages", "example"]
_SCHEMA_FILE = Path(__file__).with_name("schema.yaml")


@cache
def _validator(kind: FileKind) -> Any:
    schema = plain(read_yaml(_SCHEMA_FILE, where=_SCHEMA_FILE.name))
    return jsonschema_rs.validator_for({**schema, "$ref": f"#/$defs/{kind}"}, validate_formats=True)


def check_shape(kind: FileKind, node: Any, *, where: str) -> None:
    """Refuse ``node`` with :class:`FolderError` when it does not fit the schema of its kind."""
    for fault in _validator(kind).iter_errors(plain(node)):
        path = [step for step in fault.instance_path if isinstance(step, (str, int))]
        line = line_of(node, path)
        spot = f"{where}:{line}" if line else where
        at = ".".join(str(step) for step in path) or "the file"
        raise FolderError(spot, f"{at}: {fault.message}")

"""Loads the procedure folders: read, check, build, and give each its content and digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ansinh.catalogue.build import build_example, build_papers, build_procedure, build_stages
from ansinh.catalogue.check import check_folder
from ansinh.catalogue.errors import FolderError
from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.schema import check_shape
from ansinh.catalogue.shared import SharedParts, read_shared
from ansinh.catalogue.yaml_file import plain, read_yaml
from ansinh.eforms.errors import FormError
from ansinh.eforms.parse import parse_form

FIRST_FORMAT = 1
TEMPLATE = "decision.typ"


def load_all(root: Path) -> tuple[ProcedureFolder, ...]:
    """Every folder ``<slug>/<date>`` under ``root``, by slug and date.

    Raises :class:`FolderError` naming file and line of the first fault.
    """
    found, faults = look_through(root)
    for fault in faults:
        raise fault
    return found


def look_through(root: Path) -> tuple[tuple[ProcedureFolder, ...], tuple[FolderError, ...]]:
    """The folders that are right, and the first fault of each that is not."""
    found: list[ProcedureFolder] = []
    faults: list[FolderError] = []
    try:
        shared = read_shared(root)
    except FolderError as fault:
        return (), (fault,)
    paths = [
        path
        for slug in sorted(part for part in root.iterdir() if part.is_dir() and part.name != "shared")
        for path in sorted(part for part in slug.iterdir() if part.is_dir())
    ]
    for path in paths:
        try:
            found.append(load_folder(path, root=root, shared=shared))
        except FolderError as fault:
            faults.append(fault)
    slugs = {path.parent.name for path in paths}
    for folder in found:
        variant_of = folder.procedure.variant_of
        if variant_of is not None and variant_of not in slugs:
            where = f"procedures/{folder.slug}/{folder.in_force_on}/procedure.yaml"
            faults.append(FolderError(where, f"variant_of names the unknown procedure “{variant_of}”"))
    return tuple(found), tuple(faults)


def load_folder(path: Path, *, root: Path, shared: SharedParts) -> ProcedureFolder:
    """One folder; raises :class:`FolderError`."""
    where = f"procedures/{path.relative_to(root)}"
    try:
        in_force_on = date.fromisoformat(path.name)
    except ValueError:
        raise FolderError(where, "a folder is named by the day it is in force from, YYYY-MM-DD") from None
    nodes = _read_nodes(path, where=where, shared=shared)
    try:
        folder = _build(path.parent.name, in_force_on, nodes, where=where)
        examples = _examples(path, where=where)
        check_folder(folder, nodes, examples=examples, where=where)
    except FolderError:
        raise
    except FormError as fault:
        raise FolderError(fault.where, fault.message) from fault
    return replace(folder, examples=examples)


def canonical_content(folder: ProcedureFolder) -> dict[str, Any]:
    """What is frozen of a folder: everything but its examples, as plain JSON values."""
    return dict(folder.content)


def content_digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content in one fixed spelling."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def from_content(content: Mapping[str, Any]) -> ProcedureFolder:
    """The folder again from a frozen version: old dossiers keep the rules they were made under."""
    where = f"{content['slug']}/{content['in_force_on']}"
    return _build(content["slug"], date.fromisoformat(content["in_force_on"]), content, where=where)


def _read_nodes(path: Path, *, where: str, shared: SharedParts) -> dict[str, Any]:
    nodes: dict[str, Any] = {}
    for kind in ("procedure", "documents", "stages"):
        nodes[kind] = read_yaml(path / f"{kind}.yaml", where=f"{where}/{kind}.yaml")
    if (path / "form.yaml").exists():
        form = read_yaml(path / "form.yaml", where=f"{where}/form.yaml")
        nodes["form"] = shared.with_sections(form, where=f"{where}/form.yaml")
    for kind in nodes:
        check_shape(kind, nodes[kind], where=f"{where}/{kind}.yaml")  # type: ignore[arg-type]
    shared.add_laws(nodes["procedure"], where=f"{where}/procedure.yaml")
    if (path / TEMPLATE).exists():
        nodes["decision_template"] = (path / TEMPLATE).read_text(encoding="utf-8")
    return nodes


def _build(slug: str, in_force_on: date, nodes: Mapping[str, Any], *, where: str) -> ProcedureFolder:
    content: dict[str, Any] = {
        "format": FIRST_FORMAT,
        "slug": slug,
        "in_force_on": in_force_on.isoformat(),
        **{
            kind: plain(nodes[kind])
            for kind in ("procedure", "documents", "stages", "form", "decision_template")
            if nodes.get(kind) is not None
        },
    }
    form = nodes.get("form")
    return ProcedureFolder(
        procedure=build_procedure(slug, in_force_on, nodes["procedure"], where=f"{where}/procedure.yaml"),
        papers=build_papers(nodes["documents"], where=f"{where}/documents.yaml"),
        stages=build_stages(nodes["stages"], where=f"{where}/stages.yaml"),
        form=None if form is None else parse_form(form, where=f"{where}/form.yaml"),
        decision_template=nodes.get("decision_template"),
        content=content,
        digest=content_digest(content),
    )


def _examples(path: Path, *, where: str) -> tuple[Any, ...]:
    made = []
    for file in sorted((path / "examples").glob("*.yaml")):
        spot = f"{where}/examples/{file.name}"
        node = read_yaml(file, where=spot)
        check_shape("example", node, where=spot)
        made.append(build_example(file.stem, plain(node)))
    return tuple(made)

"""Old words, short forms and everyday words for services (``procedures/synonyms.yaml``, R-169)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ansinh.catalogue.errors import FolderError
from ansinh.catalogue.yaml_file import read_yaml
from ansinh.eforms.marks import place
from ansinh.law.names import search_key

_WHERE = "procedures/synonyms.yaml"


@dataclass(frozen=True, slots=True)
class Synonym:
    """What people say (``keys``: without marks) and what it stands for."""

    say: tuple[str, ...]
    keys: tuple[str, ...]
    slugs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    level: str | None = None
    service_level: str | None = None


@dataclass(frozen=True, slots=True)
class Synonyms:
    """All synonyms, and the old provinces (key without marks) with the name of now."""

    entries: tuple[Synonym, ...]
    provinces: Mapping[str, str]


def read_synonyms(root: Path, *, slugs: frozenset[str]) -> Synonyms:
    """The synonyms under ``root``; raises :class:`FolderError` on an unknown procedure."""
    node = read_yaml(root / "synonyms.yaml", where=_WHERE)
    entries = []
    for entry in node["synonyms"]:
        unknown = set(entry.get("slugs", ())) - slugs
        if unknown:
            raise FolderError(place(_WHERE, entry), f"no procedure “{sorted(unknown)[0]}”")
        filters = entry.get("filters", {})
        entries.append(
            Synonym(
                say=tuple(str(word) for word in entry["say"]),
                keys=tuple(search_key(str(word)).replace("-", " ") for word in entry["say"]),
                slugs=tuple(entry.get("slugs", ())),
                words=tuple(search_key(word) for word in entry.get("words", ())),
                level=filters.get("level"),
                service_level=filters.get("service_level"),
            )
        )
    return Synonyms(
        entries=tuple(entries),
        provinces={search_key(old): now for old, now in node["provinces"].items()},
    )

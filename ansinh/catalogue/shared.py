"""What many procedures share: sections of forms (``shared/sections.yaml``) and laws."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansinh.catalogue.errors import FolderError
from ansinh.catalogue.yaml_file import read_yaml
from ansinh.eforms.marks import MarkedList, MarkedMap, place


@dataclass(frozen=True, slots=True)
class SharedParts:
    """Sections by name and laws by number."""

    sections: dict[str, MarkedMap]
    laws: dict[str, MarkedMap]

    def with_sections(self, form: Any, *, where: str) -> Any:
        """The form with every ``- include: name`` replaced by the shared section of that name.

        With a ``when`` beside it the section is asked under that condition only.
        """
        if not isinstance(form, MarkedMap) or not isinstance(form.get("sections"), MarkedList):
            return form
        listed: MarkedList = form["sections"]
        whole = MarkedList(line=listed.line)
        for index, part in enumerate(listed):
            whole.append(self._section(part, where) if _is_include(part) else part)
            whole.lines.append(listed.lines[index])
        return MarkedMap({**form, "sections": whole}, line=form.line, lines=form.lines)

    def add_laws(self, procedure: MarkedMap, *, where: str) -> None:
        """Complete each entry of the legal basis by title, date and status of the law it names."""
        for entry in procedure.get("legal_basis", ()):
            law = self.laws.get(entry["number"])
            if law is None:
                raise FolderError(place(where, entry), f"the law “{entry['number']}” is not in shared/laws.yaml")
            for key, value in law.items():
                entry.setdefault(key, value)

    def _section(self, part: MarkedMap, where: str) -> MarkedMap:
        name = part["include"]
        if name not in self.sections:
            known = ", ".join(sorted(self.sections))
            raise FolderError(place(where, part), f"no shared section “{name}”; known: {known}")
        shared = self.sections[name]
        if "when" not in part:
            return shared
        return MarkedMap({**shared, "when": part["when"]}, line=part.line, lines={**shared.lines, **part.lines})


def read_shared(root: Path) -> SharedParts:
    """The shared parts under ``root/shared``; raises :class:`FolderError`."""
    folder = root / "shared"
    sections = read_yaml(folder / "sections.yaml", where="procedures/shared/sections.yaml")
    laws = read_yaml(folder / "laws.yaml", where="procedures/shared/laws.yaml")
    return SharedParts(
        sections=dict(sections),
        laws={law["number"]: law for law in laws["laws"]},
    )


def _is_include(part: Any) -> bool:
    return isinstance(part, MarkedMap) and "include" in part and set(part) <= {"include", "when"}

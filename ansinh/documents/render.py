"""Typst templates to PDF: tagged PDF/A-2a (A-3a with a statement) and PDF/UA-1, always the same bytes from the same."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import typst

from ansinh.documents.payload import BOX, payload

TEMPLATES: Final = Path(__file__).parent / "templates"
FONTS: Final = Path(__file__).resolve().parents[1] / "platform" / "fonts"
LIBRARY: Final = ("decisions.typ", "forms.typ", "letter.typ")
STATEMENT: Final = "an-sinh.json"
"""Name of the file that a paper may carry for programs: digests and proofs."""
_MISSING_GLYPH: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_PACKAGE_IMPORT: Final = re.compile(rb'(?:import|include)\s*"@')
_ROUNDS_OF_MENDING: Final = 3


class TemplateFault(RuntimeError):
    """A template does not compile or asks for something the data do not hold: a fault of the program."""


def render(template: str | Path, *, data: Mapping[str, Any], at: datetime, statement: bytes | None = None) -> bytes:
    """One paper as PDF bytes.

    `template` is the name of a paper of this package ("receipt") or the path of a procedure's own
    `decision.typ`, which may import "letter.typ", "decisions.typ" and "forms.typ". `data` are plain values (dates,
    moments, UUIDs and decimals included) handed over as JSON, never as typst code, so text people
    typed is inert; `payload` says what is added to them. `at` is written as the date of creation.
    `statement` is JSON that the PDF carries as an associated file (STATEMENT). A character without a
    glyph becomes a box. Raises TemplateFault.
    """
    name, main = _main(template)
    return _render(name, main, data=data, at=at, statement=statement)


def render_source(
    source: str, *, name: str, data: Mapping[str, Any], at: datetime, statement: bytes | None = None
) -> bytes:
    """Like `render`, from the text of a template: the decision template of a frozen procedure version."""
    return _render(name, _without_packages(name, source.encode()), data=data, at=at, statement=statement)


def _render(name: str, main: bytes, *, data: Mapping[str, Any], at: datetime, statement: bytes | None) -> bytes:
    given = payload(data)
    for _ in range(_ROUNDS_OF_MENDING):
        try:
            return _compile(main, given=given, at=at, statement=statement)
        except typst.TypstError as error:
            strange = set(_MISSING_GLYPH.findall(error.diagnostic))
            if not strange:
                raise TemplateFault(f"{name}: {error.diagnostic}") from error
            given = _boxed(given, strange)
    raise TemplateFault(f"{name}: characters without a glyph remain")


def _compile(main: bytes, *, given: str, at: datetime, statement: bytes | None) -> bytes:
    inputs = {"data": given} if statement is None else {"data": given, "statement": statement.decode()}
    pdf = _compiler().compile(
        {"main.typ": main, **_library()},  # type: ignore[type-var]
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=[_archive(statement), "ua-1"],
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )
    if not isinstance(pdf, bytes):
        raise TemplateFault("typst gave no single PDF")
    return pdf


def _archive(statement: bytes | None) -> Literal["a-2a", "a-3a"]:
    """A-2 permits no attached file of another kind."""
    return "a-2a" if statement is None else "a-3a"


def _boxed(given: str, strange: set[str]) -> str:
    for text in strange:
        given = given.replace(text, BOX)
    return given


def _main(template: str | Path) -> tuple[str, bytes]:
    """The template's text, refused when it would fetch a package from the network."""
    path = template if isinstance(template, Path) else TEMPLATES / f"{template}.typ"
    return str(path), _without_packages(str(path), path.read_bytes())


def _without_packages(name: str, main: bytes) -> bytes:
    if _PACKAGE_IMPORT.search(main):
        raise TemplateFault(f"{name}: packages from the network are not used")
    return main


@cache
def _library() -> dict[str, bytes]:
    return {name: (TEMPLATES / name).read_bytes() for name in LIBRARY}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _compiler() -> typst.Compiler:
    """A compiler for one paper: it keeps its inputs and serves one thread. Its root holds only our own templates."""
    return typst.Compiler(root=str(TEMPLATES), font_paths=_fonts())

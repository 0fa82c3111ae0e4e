"""Every Vietnamese sentence that people are shown by the program, found in the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from tests.house.source import ROOT, modules, short, tracked_files, tree

ERRORS = {"DomainError", "NotAllowed", "NotFound", "Conflict", "Invalid"}
TRANSLATORS = {"_", "translate"}
_VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
_TABLE = re.compile(r"^_?[A-Z][A-Z0-9_]+$")


NOT_SHOWN = {
    "ansinh/documents/words.py": "amounts in words, on letters, which are Vietnamese",
    "ansinh/casework/signed_letter.py": "texts of letters, which are Vietnamese",
    "ansinh/casework/supplement_letter.py": "texts of letters, which are Vietnamese",
    "ansinh/statistics/open_data.py": "what columns mean, with the English beside it",
    "ansinh/statistics/urging_letter.py": "texts of letters, which are Vietnamese",
    "ansinh/dossiers/offered_pdf.py": "texts of papers, which are Vietnamese",
    "ansinh/signing/evidence.py": "texts of papers, which are Vietnamese",
    "ansinh/eforms/parts.py": "labels of parts, which carry their English beside them",
    "ansinh/eforms/reading.py": "patterns of what people type",
    "ansinh/eforms/read_input.py": "patterns of what people type",
    "ansinh/notifications/gsm.py": "the alphabet of SMS",
    "ansinh/casework/registration_kinds.py": "the name of a basis, kept in Vietnamese",
    "ansinh/people/queries.py": "a title, compared and never shown",
    "ansinh/signing/authority.py": "names on certificates",
    "ansinh/signing/two_signers.py": "captions looked for on contracts",
    "ansinh/signing/field.py": "words looked for on letters",
    "ansinh/web/formats.py": "names of lunar months, shown in Vietnamese only",
}
"""Tables of Vietnamese words that are no sentences of pages, each with the reason."""


def of_templates() -> Iterator[tuple[str, str]]:
    """Place and sentence of every `_("…")` in a template."""
    environment = Environment(extensions=["jinja2.ext.do"])
    for path in tracked_files():
        if path.suffix == ".html" and path.is_relative_to(ROOT / "ansinh" / "web"):
            parsed = environment.parse(path.read_text(encoding="utf-8"))
            for call in parsed.find_all(nodes.Call):
                if isinstance(call.node, nodes.Name) and call.node.name == "_" and call.args:
                    yield from ((short(path), text) for text in _constants(call.args[0]))


def of_python() -> Iterator[tuple[str, str]]:
    """Place and sentence of every `translate("…")`, of every refusal, and of the tables of words that pages show."""
    for path in modules("ansinh"):
        if _speaks_both_languages(path):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                yield from ((short(path), text) for text in _said_by(node))
        if short(path) not in NOT_SHOWN:
            yield from ((short(path), text) for text in _words_of_tables(tree(path)))


def _speaks_both_languages(path: Path) -> bool:
    """Commands write both languages; the demonstration's world and the law's own texts are data, not pages."""
    parts = path.relative_to(ROOT / "ansinh").parts
    return (
        parts[0] in {"cli", "demo", "counterparty", "law"}
        or "migrations" in parts
        or parts[:2] == ("platform", "postgres")
    )


def _said_by(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in TRANSLATORS and call.args:
        yield from _texts(call.args[0])
    elif name in ERRORS and len(call.args) > 1:
        yield from _texts(call.args[1])


def _texts(expression: ast.expr) -> Iterator[str]:
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, ast.IfExp):
        yield from _texts(expression.body)
        yield from _texts(expression.orelse)


def _words_of_tables(module: ast.Module) -> Iterator[str]:
    """Vietnamese text in constants (`SENTENCES`, `TITLES`) and in the labels of choices."""
    for node in ast.walk(module):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and _TABLE.match(target.id) for target in targets):
                for part in ast.walk(node.value):
                    if (
                        isinstance(part, ast.Constant)
                        and isinstance(part.value, str)
                        and _VIETNAMESE.search(part.value)
                    ):
                        yield part.value


def _constants(expression: nodes.Node) -> Iterator[str]:
    if isinstance(expression, nodes.Const) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, nodes.CondExpr):
        yield from _constants(expression.expr1)
        if expression.expr2 is not None:
            yield from _constants(expression.expr2)

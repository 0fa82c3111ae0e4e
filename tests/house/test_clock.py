"""Only mouths ask what time it is; everybody else is told."""

import ast

from tests.house.source import contexts, short, tree

CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("timezone", "now"),
         ("timezone", "localdate"), ("time", "time")}  # fmt: skip
ALLOWED = {
    "ansinh/platform/identifiers.py": "an identifier carries the moment it was made",
    "ansinh/notifications/providers/smpp_session.py": "the mobile network calls us whenever it likes",
}


def test_no_context_asks_the_clock() -> None:
    offenders = [
        f"{short(path)}:{node.lineno}"
        for path in contexts()
        if short(path) not in ALLOWED and "/migrations/" not in short(path)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and _called(node) in CLOCK
    ]
    assert offenders == []


def _called(call: ast.Call) -> tuple[str, str] | None:
    function = call.func
    if isinstance(function, ast.Attribute):
        owner = function.value
        if isinstance(owner, ast.Name):
            return owner.id, function.attr
        if isinstance(owner, ast.Attribute):
            return owner.attr, function.attr
    return None

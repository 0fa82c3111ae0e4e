"""`./test --requirements`: every requirement of docs/requirements.md with the tests that prove it."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LINE = re.compile(r"^(R-\d{3}) (.*)$", re.MULTILINE)


def stated() -> dict[str, str]:
    """Number and words of every requirement, in the order of the document."""
    return dict(_LINE.findall((ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")))


def proven() -> dict[str, list[str]]:
    """Number → tests carrying it (`file::test`), read from the source without running anything."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        place = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for number, test in _marks(tree):
            found[number].append(f"{place}::{test}" if test else place)
    return dict(found)


def unknown() -> dict[str, list[str]]:
    """Numbers that tests carry and the document does not have."""
    known = stated()
    return {number: tests for number, tests in proven().items() if number not in known}


def report() -> int:
    """Print the list; 1 when a test carries a number that does not exist."""
    tests, wrong = proven(), unknown()
    known = stated()
    for number, words in known.items():
        print(f"{number} {words}")
        for test in tests.get(number, ["none"]):
            print(f"      {test}")
    for number, places in wrong.items():
        print(f"{number} does not exist: {', '.join(places)}")
    print(f"{sum(number in tests for number in known)} of {len(known)} requirements have a test")
    return 1 if wrong else 0


def _marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                yield from ((number, node.name) for number in _numbers(decorator))
        elif (
            isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets)
        ) or (isinstance(node, ast.keyword) and node.arg == "marks"):
            yield from ((number, "") for number in _numbers(node.value))


def _numbers(expression: ast.expr) -> Iterator[str]:
    for node in ast.walk(expression):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "requirement":
            yield from (a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str))

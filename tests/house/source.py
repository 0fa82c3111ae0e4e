"""The project's own files, as Git knows them, and what a module imports or calls."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOUTHS = ("web", "api", "jobs", "cli", "counterparty")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file of the project: tracked by Git or about to be; all of a folder without Git."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        hidden = {".venv", "var", ".git", "__pycache__"}
        return tuple(p for p in ROOT.rglob("*") if p.is_file() and not hidden & set(p.relative_to(ROOT).parts))
    return tuple(ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file())


def modules(*folders: str) -> list[Path]:
    """Tracked Python files below these folders."""
    return [
        path
        for path in tracked_files()
        if path.suffix == ".py" and any(path.is_relative_to(ROOT / folder) for folder in folders)
    ]


def contexts() -> list[Path]:
    """Modules of ansinh that are not of a mouth."""
    return [path for path in modules("ansinh") if path.relative_to(ROOT / "ansinh").parts[0] not in MOUTHS]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[str]:
    """Full names a module imports, also inside functions."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def short(path: Path) -> str:
    """A path as people write it."""
    return path.relative_to(ROOT).as_posix()

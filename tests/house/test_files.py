"""Sizes, names and words of the project's files."""

import re

from tests.house.source import modules, short, tracked_files

LONGEST_MODULE = 500
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "process", "data"}
# Paths of somebody's own machine have no place in a project that others clone.
PRIVATE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home/[a-z]\w*)/[\w.]|\bshared/(?:domain|design|seeds|benefits)\b")
TEXT = {
    ".py",
    ".md",
    ".yaml",
    ".yml",
    ".toml",
    ".sh",
    ".html",
    ".css",
    ".js",
    ".po",
    ".txt",
    ".in",
    ".lock",
    ".typ",
    "",
}
INDEX_HOSTS = re.compile(r"https?://(?!localhost|127\.0\.0\.1)[\w.-]*(?:pypi|pythonhosted|npmjs|debian)\.\w+")


def _texts() -> list[tuple[str, str]]:
    return [
        (short(path), path.read_text(encoding="utf-8", errors="ignore"))
        for path in tracked_files()
        if path.suffix in TEXT and short(path) != "tests/house/test_files.py"
    ]


def test_no_module_is_longer_than_five_hundred_lines() -> None:
    long = {
        short(path): lines
        for path in modules("ansinh", "config", "tests", "benchmarks", "token")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_no_module_has_a_vague_name() -> None:
    assert [short(path) for path in modules("ansinh", "config", "tests", "token") if path.stem in VAGUE] == []


def test_no_file_names_a_private_place() -> None:
    assert [name for name, text in _texts() if PRIVATE_PATHS.search(text)] == []


def test_no_file_is_bound_to_one_package_index() -> None:
    assert [name for name, text in _texts() if INDEX_HOSTS.search(text)] == []


def test_every_locked_package_has_a_hash() -> None:
    for name, text in _texts():
        if name.endswith(".lock"):
            entries = re.split(r"\n(?=\S)", text.strip())
            assert entries
            assert all("--hash=sha256:" in entry for entry in entries), name

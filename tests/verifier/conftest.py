"""A log of 10,000 events in two copies, made by the program's own writer, and a plain Python to check it with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.proof import notes
from ansinh.proof.copy import Copy
from ansinh.proof.merkle import Range, leaf_hash
from ansinh.signing import seal
from tests.verifier.plain import Told, only_cryptography, verify

AT = datetime(2026, 11, 9, 9, 40, tzinfo=UTC)
SIZES = (1, 2, 900, 901, 4096, 4097, 7000, 10_000)
Verify = Callable[..., Told]


def lines_of(count: int) -> list[str]:
    """Lines like those of the log."""
    return [f'{{"actor":"officer:lan","event":{number},"to":"đã nhận"}}' for number in range(count)]


def write_log(folder: Path, *, lines: list[str], sizes: tuple[int, ...] = SIZES) -> list[str]:
    """A whole copy of the log, signed with the present seal key; its checkpoints."""
    grown, signed = Range(), list[str]()
    for number, size in enumerate(sizes):
        for line in lines[grown.size : size]:
            list(grown.append(leaf_hash(line.encode())))
        previous = notes.digest(signed[-1]) if signed else notes.FIRST
        note = notes.Note("an-sinh/test", size, grown.root(), AT + timedelta(seconds=number), previous)
        signed.append(notes.sign(note))
    copy = Copy(folder)
    with copy.held():
        copy.append_lines(lines, start=0)
        copy.append_notes(signed)
        copy.keep_key(seal.seal_key_id(), seal.seal_public_key(seal.seal_key_id()))
    return signed


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a plain Python may import."""
    return only_cryptography(tmp_path_factory.mktemp("plain") / "packages")


@pytest.fixture(scope="session")
def verifies(libraries: Path) -> Verify:
    """Run the verifier."""
    return lambda *arguments: verify(*arguments, libraries=libraries)


@pytest.fixture(scope="session")
def keys_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of keys for all these tests."""
    return tmp_path_factory.mktemp("signing")


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, keys_of_the_run: Path) -> None:
    """The seal key of these tests."""
    settings.SIGNING_DIR = keys_of_the_run
    seal._key.cache_clear()


@pytest.fixture
def copies(tmp_path: Path, keys_of_the_run: Path, own_keys: None) -> tuple[Path, Path]:
    """Two copies that agree, of a log written once in a run."""
    written = keys_of_the_run / "log"
    if not written.exists():
        write_log(written, lines=lines_of(10_000))
    for name in ("first", "second"):
        shutil.copytree(written, tmp_path / name)
    return tmp_path / "first", tmp_path / "second"


def rewrite(folder: Path, lines: list[str]) -> None:
    """Put other lines into a copy, as somebody who owns the disk can."""
    shutil.rmtree(folder / "events")
    Copy(folder).append_lines(lines, start=0)


def rewrite_notes(folder: Path, signed: list[str]) -> None:
    """Put other checkpoints into a copy."""
    (folder / "checkpoints.jsonl").unlink()
    Copy(folder).append_notes(signed)


def notes_in(folder: Path) -> list[str]:
    """The checkpoints of a copy."""
    return [json.loads(line)["note"] for line in (folder / "checkpoints.jsonl").read_text().splitlines()]

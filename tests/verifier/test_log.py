"""What was done to a copy of the log is found and named, by itself and beside another copy."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from ansinh.signing import seal
from tests.verifier.conftest import SIZES, Verify, lines_of, notes_in, rewrite, rewrite_notes, write_log
from tests.verifier.plain import VERIFIER

Copies = tuple[Path, Path]
LINES = lines_of(10_000)
AWAY = LINES[5000].replace("lan", "huy")


def test_it_is_written_for_python_3_9() -> None:
    source = VERIFIER.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 9))


def test_a_clean_log_is_right_alone_and_in_two_copies(verifies: Verify, copies: Copies) -> None:
    for folders in ([copies[0]], copies):
        told = verifies("log", *folders)
        assert told.status == 0, told.words
        assert told.words.startswith("ĐÚNG / RIGHT: 10000 sự kiện / events, 8 mốc")
    key = seal.seal_public_key(seal.seal_key_id()).hex()
    assert verifies("log", copies[0], "--key", key).status == 0
    assert verifies("log", copies[0], "--key", "00" * 32).status == 1


@pytest.mark.parametrize(
    ("kind", "index", "changed"),
    [
        ("edited", 5000, [*LINES[:5000], AWAY, *LINES[5001:]]),
        ("deleted", 5000, [*LINES[:5000], *LINES[5001:]]),
        ("inserted", 5000, [*LINES[:5000], AWAY, *LINES[5000:]]),
        ("inserted", 10_000, [*LINES, AWAY]),
        ("reordered", 5000, [*LINES[:5000], LINES[5001], LINES[5000], *LINES[5002:]]),
        ("truncated", 9999, LINES[:-1]),
        ("truncated", 4096, LINES[:4096]),
        ("truncated", 0, []),
    ],
)
def test_changed_lines_are_named_with_their_place(
    kind: str, index: int, changed: list[str], verifies: Verify, copies: Copies
) -> None:
    rewrite(copies[1], changed)
    for folders in (copies, copies[::-1]):
        told = verifies("log", *folders)
        assert told.status == 1
        assert f"second: {kind}," in told.words, told.words
        assert f"index {index} " in f"{told.words.strip()} ", told.words
    alone = verifies("log", copies[1])
    assert alone.status == 1


def test_alone_a_copy_tells_from_where_on_it_cannot_be_believed(verifies: Verify, copies: Copies) -> None:
    rewrite(copies[1], [*LINES[:5000], AWAY, *LINES[5001:]])
    told = verifies("log", copies[1])
    assert "changed" in told.words
    assert "index 4097 (4097–6999)" in told.words


@pytest.mark.parametrize(
    "swap",
    [
        lambda signed: [*signed[:3], signed[4], signed[3], *signed[5:]],
        lambda signed: [*signed[:3], *signed[4:]],
        lambda signed: [*signed[:3], signed[3].replace("\n901\n", "\n902\n"), *signed[4:]],
        lambda signed: [*signed[:3], signed[3][:-9] + "AAAAAA==\n", *signed[4:]],
    ],
)
def test_swapped_checkpoints_are_named(
    swap: Callable[[list[str]], list[str]], verifies: Verify, copies: Copies
) -> None:
    rewrite_notes(copies[1], swap(notes_in(copies[1])))
    for folders in (copies, [copies[1]]):
        told = verifies("log", *folders)
        assert told.status == 1
        assert "second: swapped-checkpoint" in told.words, told.words


def test_an_older_copy_is_named_and_a_kept_checkpoint_betrays_one_that_stands_alone(
    verifies: Verify, copies: Copies, tmp_path: Path
) -> None:
    newest = tmp_path / "newest.txt"
    newest.write_text(notes_in(copies[0])[-1], encoding="utf-8")
    rewrite(copies[1], LINES[:7000])
    rewrite_notes(copies[1], notes_in(copies[1])[:-1])
    told = verifies("log", *copies)
    assert "second: older-backup" in told.words
    assert "index 7000" in told.words
    assert verifies("log", copies[1]).status == 0  # nothing in it says that there was more
    assert "older-backup" in verifies("log", copies[1], "--at-least", newest).words
    assert verifies("log", copies[0], "--at-least", newest).status == 0


def test_a_second_history_signed_with_the_real_key_is_a_fork(verifies: Verify, tmp_path: Path) -> None:
    signed = write_log(tmp_path / "first", lines=LINES)
    write_log(tmp_path / "other", lines=[*LINES[:950], AWAY, *LINES[951:]])
    assert verifies("log", tmp_path / "other").status == 0
    told = verifies("log", tmp_path / "first", tmp_path / "other")
    assert told.status == 1
    assert "forked" in told.words
    assert "index 950" in told.words
    kept = tmp_path / "kept.txt"
    kept.write_text(signed[-1], encoding="utf-8")
    assert "forked" in verifies("log", tmp_path / "other", "--at-least", kept).words


def test_what_is_no_log_is_refused(verifies: Verify, tmp_path: Path) -> None:
    assert verifies("log", tmp_path).status == 1
    assert SIZES[-1] == len(LINES)

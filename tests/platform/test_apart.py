"""Work on strangers' files: each in a child of its own, from which nothing comes but its answer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ansinh.platform.apart.template import CPU_SECONDS, MEMORY
from ansinh.platform.apart.workers import MOST_ANSWER, ChildFailed, Workers

WORKS = (
    "remembers", "dies", "ends_its_parent", "eats_memory", "answers_half", "answers_without_end", "answers_deep",
    "answers_as_much_as", "surroundings",
)  # fmt: skip
PROJECT = str(Path(__file__).resolve().parents[2])


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Workers of this test's own."""
    made = Workers({name: f"tests.platform.hostile:{name}" for name in WORKS})
    yield made
    made.close()


def children_of(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_file_leaves_nothing_for_the_next_one(workers: Workers) -> None:
    assert [workers.ask("remembers", bytes(size)) for size in (3, 5, 7)] == [[3], [5], [7]]


def test_many_files_at_once_get_their_own_answers(workers: Workers) -> None:
    sizes = list(range(1, 25))
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda size: workers.ask("remembers", bytes(size)), sizes)) == [[one] for one in sizes]


@pytest.mark.parametrize("work", ["dies", "eats_memory", "answers_half", "answers_without_end", "answers_deep"])
def test_a_child_that_does_not_survive_its_file_harms_nothing_else(workers: Workers, work: str) -> None:
    for _ in range(3):
        with pytest.raises(ChildFailed):
            workers.ask(work, b"x")
    assert workers.ask("remembers", b"four") == [4]


def test_a_template_that_was_ended_is_started_anew(workers: Workers) -> None:
    with pytest.raises(ChildFailed):
        workers.ask("ends_its_parent", b"x")
    assert workers.ask("remembers", b"four") == [4]


def test_a_child_finds_no_secret_and_its_limits(workers: Workers) -> None:
    found = workers.ask("surroundings", b"x")
    assert found["environment"] == []
    assert found["modules"] == []
    assert found["processor"] == [CPU_SECONDS, CPU_SECONDS]
    assert found["memory"] == [MEMORY, MEMORY]
    assert found["written"] is False
    assert len(found["descriptors"]) <= 5  # the three that all have, its own request, and the list it is reading


def test_it_stands_in_an_empty_folder_of_its_own_that_goes_with_it(workers: Workers) -> None:
    found = workers.ask("surroundings", b"x")
    folder = Path(found["folder"])
    assert folder.name.startswith("ansinh-apart-") and found["in_folder"] == []
    assert found["writes_to_folder"] is False and folder.stat().st_mode & 0o777 == 0o500
    workers.close()
    assert not folder.exists()


def test_python_is_isolated_and_the_house_shadows_no_standard_module(workers: Workers) -> None:
    found = workers.ask("surroundings", b"x")
    paths = found["paths"]
    assert found["isolated"] == 1 and "" not in paths and found["folder"] not in paths
    standard = [at for at, path in enumerate(paths) if "python3" in path and "-packages" not in path]
    assert max(standard) < paths.index(PROJECT)


@pytest.mark.parametrize("octets", [MOST_ANSWER - 1, MOST_ANSWER])
def test_an_answer_up_to_the_most_is_taken(workers: Workers, octets: int) -> None:
    assert len(workers.ask("answers_as_much_as", str(octets).encode())) == octets - 2


def test_an_answer_beyond_the_most_is_not_read(workers: Workers) -> None:
    with pytest.raises(ChildFailed):
        workers.ask("answers_as_much_as", str(MOST_ANSWER + 1).encode())
    assert workers.ask("remembers", b"four") == [4]


def test_a_large_file_arrives_whole(workers: Workers) -> None:
    assert workers.ask("remembers", bytes(20 << 20)) == [20 << 20]


def test_a_forked_process_has_a_template_of_its_own(workers: Workers) -> None:
    assert workers.ask("remembers", b"x") == [1]
    reading, writing = os.pipe()
    if (pid := os.fork()) == 0:
        try:
            os.write(writing, bytes(workers.ask("remembers", b"xy")))
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    assert os.read(reading, 9) == b"\x02"
    os.close(reading)
    os.close(writing)
    assert workers.ask("remembers", b"x") == [1]


def test_closed_workers_leave_no_process(workers: Workers) -> None:
    before = children_of(os.getpid())
    workers.ask("remembers", b"x")
    (template,) = set(children_of(os.getpid())) - set(before)
    workers.close()
    assert not Path(f"/proc/{template}").exists()

"""What `start`, `test` and `bench` say when the machine cannot make the environment: one sentence, no success."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.installation import CHECKOUT


def run(command: str, *, path: str = "/usr/bin:/bin") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-euc", f". ./config/prepare.sh; {command}"],
        cwd=CHECKOUT,
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def pythons(tmp_path: Path) -> Path:
    """A folder of programs: `old` answers that it is too old, `new` that it is not."""
    for name, status in (("old", 1), ("new", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {status}\n")
        (tmp_path / name).chmod(0o755)
    return tmp_path


def test_without_a_new_python_one_sentence_says_what_to_install(pythons: Path) -> None:
    done = run("find_python '' old absent", path=f"{pythons}:/usr/bin:/bin")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Cần Python 3.11 trở lên: hãy cài python3 (Debian 12 trở lên có sẵn).",
        "Python 3.11 or newer is needed: install python3 (Debian 12 and later have it).",
    ]


def test_the_first_new_python_is_taken(pythons: Path) -> None:
    done = run('find_python "" old new absent; echo "$python"', path=f"{pythons}:/usr/bin:/bin")
    assert (done.returncode, done.stdout) == (0, "new\n")


def test_too_little_room_is_said_before_anything_is_fetched() -> None:
    done = run("check_space 999999999; echo went on")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Ổ đĩa gần đầy" in done.stderr and "cần 999999999 MB" in done.stderr

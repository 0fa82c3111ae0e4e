"""What is handed out: the same libraries as the portal's, to the hash, in one file that starts."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from token_world.program import free_port

TOKEN = Path(__file__).resolve().parents[1]


def locked(path: Path) -> dict[str, str]:
    entries = re.split(r"\n(?=\S)", path.read_text(encoding="ascii").strip())
    return {re.split(r"[=<> ]", entry)[0]: entry for entry in entries}


def test_the_lock_is_a_part_of_the_projects_lock() -> None:
    own, whole = locked(TOKEN / "requirements.lock"), locked(TOKEN.parent / "requirements.lock")
    assert set(own) == {"asn1crypto", "cffi", "cryptography", "pycparser", "python-pkcs11"}
    assert own == {name: whole[name] for name in own}


def test_it_asks_for_three_libraries_and_no_more() -> None:
    project = tomllib.loads((TOKEN / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {re.split(r"[<>=]", one)[0] for one in project["dependencies"]} == {
        "python-pkcs11",
        "asn1crypto",
        "cryptography",
    }


def test_one_file_starts_the_program(tmp_path: Path) -> None:
    """Laid out from the libraries of this environment, so that no package index is needed."""
    site = tmp_path / "files"
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import build; from pathlib import Path; "
        "package = Path(sys.argv[1]) / 'ansinh_token'; "
        "build._write(Path(sys.argv[2]), {f'site/ansinh_token/{one.relative_to(package).as_posix()}': one.read_bytes()"
        " for one in build._files(package)})"
    )
    subprocess.run([sys.executable, "-c", code, str(TOKEN), str(site)], check=True)
    command = [sys.executable, str(site), "--portal", "https://cong.example.vn", "--no-browser",
               "--port", str(free_port()), "--settings", str(tmp_path / "none.toml")]  # fmt: skip
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, env={"XDG_CACHE_HOME": str(tmp_path / "cache")}
    ) as started:
        assert started.stdout is not None
        first = started.stdout.readline()
        started.terminate()
        started.communicate(timeout=10)
    assert "Chương trình ký đang chạy" in first
    assert started.returncode == 0
    assert [one.name for one in (tmp_path / "cache" / "ansinh-token").glob("*/*")] == ["ansinh_token"]

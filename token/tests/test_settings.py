"""What may be allowed, and where software of tokens is looked for on each system."""

import subprocess
import sys
from pathlib import Path

import pytest

from ansinh_token import modules, settings
from ansinh_token.settings import Settings, WrongSettings, origin_of

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://cong.example.vn/ky-so?x=1", "https://cong.example.vn"),
        ("https://CONG.example.vn:443", "https://cong.example.vn"),
        ("https://cong.example.vn:8443/", "https://cong.example.vn:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_address_becomes_the_origin_browsers_write(address: str, origin: str) -> None:
    assert origin_of(address) == origin


@pytest.mark.parametrize(
    "address",
    ["http://cong.example.vn", "cong.example.vn", "*", "null", "", "file:///tmp", "https://", "https://a:b@cong.example.vn",
     "https://cong.example.vn:port"],
)  # fmt: skip
def test_an_open_or_unclear_address_is_refused(address: str) -> None:
    with pytest.raises(WrongSettings):
        origin_of(address)


def test_settings_are_read_from_the_persons_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    assert settings.read(path) == Settings(portals=frozenset())
    path.write_text('portals = ["https://cong.example.vn/"]\nport = 50000\npairing_hours = 1.5\nopen_browser = false\n')
    assert settings.read(path) == Settings(
        portals=frozenset({"https://cong.example.vn"}), port=50000, pairing_hours=1.5, open_browser=False
    )


@pytest.mark.parametrize(
    "text", ["portals = 1", "portals = [1]", "port = true", 'port = "x"', "other = 1", "open_browser = 1", "= x"]
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(WrongSettings, match=r"settings\.toml"):
        settings.read(path)


def test_each_system_keeps_settings_in_its_place() -> None:
    home = {"HOME": "/people/hoa"}
    assert settings.settings_file(system="linux", environment=home).parts[-3:] == (
        ".config", "ansinh-token", "settings.toml",
    )  # fmt: skip
    assert "Application Support" in settings.settings_file(system="darwin", environment=home).parts
    windows = settings.settings_file(system="win32", environment={"APPDATA": "/people/hoa/Roaming"})
    assert windows == Path("/people/hoa/Roaming/ansinh-token/settings.toml")


def test_each_system_has_its_well_known_places() -> None:
    names = {
        system: {one.name for one in modules.candidates(system=system, environment={})}
        for system in ("linux", "darwin", "win32")
    }
    assert {"viettel-ca_v6.dll", "vnptca_p11_v8.dll", "opensc-pkcs11.dll"} <= names["win32"]
    assert "viettel-ca_v6.dylib" in names["darwin"]
    assert "opensc-pkcs11.so" in names["linux"]


def test_the_persons_own_module_comes_first_and_each_once(tmp_path: Path) -> None:
    known, own = tmp_path / "known.so", tmp_path / "own.so"
    for path in (known, own):
        path.touch()
    assert modules.installed([own, tmp_path / "missing.so"], known=[known, own]) == [own, known]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ansinh_token", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)


def test_without_a_portal_it_does_not_start(tmp_path: Path) -> None:
    for arguments in (["--settings", str(tmp_path / "none.toml")], ["--portal", "http://cong.example.vn"]):
        ended = run(*arguments)
        assert ended.returncode == 2
        assert "https://" in ended.stderr


def test_it_needs_nothing_of_the_portal() -> None:
    code = "import sys, ansinh_token.cli; print([m for m in sys.modules if m.split('.')[0] in {'ansinh', 'django'}])"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"

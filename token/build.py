"""Make one file that runs wherever Python does: `python build.py` writes ansinh-token.pyz for this system.

Libraries with compiled parts cannot be imported from an archive, so the file carries them as they were installed,
checked by hash, and lays them out once in the person's cache.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
LOCK: Final = HERE / "requirements.lock"
START: Final = '''"""Lay the libraries out once, then start."""
import os, pathlib, sys, tempfile, zipfile

MADE_FOR, CONTENT = {made_for!r}, {content!r}
if "%d.%d" % sys.version_info[:2] != MADE_FOR:
    sys.exit("Tệp này cần / this file needs: Python " + MADE_FOR)
base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
place = pathlib.Path(base) / "ansinh-token" / CONTENT
if not place.is_dir():
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=place.parent) as folder, zipfile.ZipFile(sys.argv[0]) as archive:
        archive.extractall(folder, [one for one in archive.namelist() if one.startswith("site/")])
        try:
            os.replace(os.path.join(folder, "site"), place)
        except OSError:
            if not place.is_dir():
                raise
sys.path.insert(0, str(place))
from ansinh_token.cli import main

raise SystemExit(main())
'''


def build(target: Path, *, python: str = sys.executable) -> None:
    """Write the file for the system and version of `python`."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        install = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-compile", "--no-deps",
                   "--only-binary", ":all:", "--require-hashes", "--target", str(site), "-r", str(LOCK)]  # fmt: skip
        subprocess.run(install, check=True)
        files = {f"site/{one.relative_to(site).as_posix()}": one.read_bytes() for one in _files(site)}
    package = HERE / "ansinh_token"
    files |= {f"site/ansinh_token/{one.relative_to(package).as_posix()}": one.read_bytes() for one in _files(package)}
    _write(target, files)


def _files(folder: Path) -> list[Path]:
    skipped = {"__pycache__", "bin"}
    return sorted(
        one for one in folder.rglob("*") if one.is_file() and not skipped & set(one.relative_to(folder).parts)
    )


def _write(target: Path, files: dict[str, bytes]) -> None:
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    start = START.format(made_for=sysconfig.get_python_version(), content=digest.hexdigest())
    with target.open("wb") as out:
        out.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("__main__.py", start)
            for name, content in sorted(files.items()):
                archive.writestr(name, content)
    if os.name == "posix":
        target.chmod(0o755)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Tạo ansinh-token.pyz cho máy này. / Make ansinh-token.pyz.")
    parser.add_argument("--output", type=Path, default=HERE / "ansinh-token.pyz")
    chosen = parser.parse_args().output
    build(chosen)
    print(chosen)

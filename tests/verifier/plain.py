"""The verifier on a machine that has never seen An Sinh: a plain Python that can import `cryptography` and no more."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

VERIFIER = Path(__file__).resolve().parents[2] / "verifier" / "ansinh_verify.py"
_RUN = """
import runpy, sys
sys.path.append(sys.argv.pop(1))
del sys.argv[0]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    strange = {name.partition(".")[0] for name in sys.modules} & {"ansinh", "django", "psycopg", "config"}
    assert not strange, strange
"""


@dataclass(frozen=True)
class Told:
    """What it said and how it ended."""

    status: int
    words: str


def verify(*arguments: object, libraries: Path) -> Told:
    """Run the verifier with only the packages in `libraries` (see `only_cryptography`)."""
    command = [sys.executable, "-I", "-S", "-c", _RUN, str(libraries), str(VERIFIER), *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)
    assert not run.stderr, run.stderr
    return Told(run.returncode, run.stdout)


def loaded() -> Any:
    """The verifier as a module, for a test that asks it hundreds of things."""
    spec = spec_from_file_location("ansinh_verify", VERIFIER)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def only_cryptography(folder: Path) -> Path:
    """A folder of packages that holds `cryptography` with what it is built on."""
    folder.mkdir()
    installed = Path(sysconfig.get_path("platlib"))
    for pattern in ("cryptography", "cffi", "_cffi_backend*", "pycparser"):
        for path in installed.glob(pattern):
            (folder / path.name).symlink_to(path)
    return folder

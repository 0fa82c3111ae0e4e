"""Check an evidence bundle as its owner would: by the published verifier, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from ansinh.casework.evidence.tools import VERIFIER
from ansinh.signing.seal import seal_public_keys
from ansinh.signing.trust.export import trusted_pem

WALL_SECONDS: Final = 20.0
_WITHIN_LIMITS: Final = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@dataclass(frozen=True)
class BundleReport:
    """Whether every octet is right, and what the verifier said, a sentence a line."""

    valid: bool
    lines: tuple[str, ...]


def is_bundle(content: bytes) -> bool:
    """Whether this is a ZIP at all."""
    return content.startswith(b"PK\x03\x04")


def check_bundle(content: bytes, *, at: datetime) -> BundleReport:
    """What the verifier says of a bundle of unknown origin, with this portal's keys and the authorities it believes."""
    with tempfile.TemporaryDirectory() as folder:
        packed, trust = Path(folder) / "goi.zip", Path(folder) / "trust.pem"
        packed.write_bytes(content)
        trust.write_bytes(trusted_pem(at=at))
        keys = [part for key in seal_public_keys().values() for part in ("--key", key.hex())]
        verifier = str(Path(settings.BASE_DIR) / "verifier" / VERIFIER)
        command = [sys.executable, "-I", "-c", _WITHIN_LIMITS, verifier, "bundle", str(packed), "--trust", str(trust)]
        try:
            done = subprocess.run(
                [*command, *keys], capture_output=True, text=True, encoding="utf-8", timeout=WALL_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return BundleReport(False, ())
    lines = tuple(line.replace(f"{packed}: ", "").removeprefix("ĐÚNG / RIGHT  ") for line in done.stdout.splitlines())
    return BundleReport(done.returncode == 0, lines)

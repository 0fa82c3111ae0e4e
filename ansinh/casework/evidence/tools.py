"""What is needed to check a bundle anywhere: public keys, certificates, the verifier, and how to run it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from ansinh.casework.statement import check_address
from ansinh.platform.sealed_zip import Entry, entry
from ansinh.signing.seal import seal_key_id, seal_public_keys
from ansinh.signing.trust.export import trusted_pem

VERIFIER: Final = "ansinh_verify.py"
_README: Final = Path(__file__).parent / "readme.txt"


def tool_entries(*, at: datetime) -> Iterator[Entry]:
    """README, present and replaced seal keys, believed authorities, and the verifier itself."""
    public = seal_public_keys()
    readme = _README.read_text(encoding="utf-8").format(
        verifier=VERIFIER, address=check_address(), key=public[seal_key_id()].hex()
    )
    yield entry("README.txt", readme.encode())
    for key_id, key in public.items():
        yield entry(f"keys/{key_id}.public", key.hex().encode() + b"\n")
    yield entry("trust/trust.pem", trusted_pem(at=at))
    yield entry(VERIFIER, verifier_source())


def verifier_source() -> bytes:
    """The verifier as it is published."""
    return (Path(settings.BASE_DIR) / "verifier" / VERIFIER).read_bytes()

"""Where PKCS#11 software of signing tokens sold in Vietnam, and of common readers, is installed."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

NAMES: Final = {
    "VNPT-CA": ("vnptca_p11_v10", "vnptca_p11_v9", "vnptca_p11_v8", "vnptca_p11_v7", "vnptca_p11_v6", "vnpt-ca_csp11"),
    "Viettel-CA": ("viettel-ca_v6", "viettel-ca_v5", "viettel-ca_v4"),
    "FPT-CA": ("fptca_v6", "fptca_v5", "fptca_v4", "fptca_v3", "fpt-ca"),
    "BkavCA": ("BkavCAv2S", "BkavCA"),
    "Nacencomm CA2": ("nca_v9", "nca_v8", "nca_v7", "nca_v6", "nca_v5", "nca_v4", "CA2_csp11"),
    "ePass2003": ("eps2003csp11", "libcastle", "libcastle.1.0.0"),
    "SafeNet eToken": ("eTPKCS11", "libeTPkcs11", "libeToken"),
    "OpenSC": ("opensc-pkcs11",),
}
"""Maker of the token → names of its module's file without the ending, newest first."""
_ENDINGS: Final = {"win32": (".dll",), "darwin": (".dylib", ".so"), "linux": (".so",)}
_LINUX: Final = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
                 "/usr/lib/pkcs11", "/usr/lib64/pkcs11", "/usr/lib/x86_64-linux-gnu/pkcs11")  # fmt: skip
_MACOS: Final = ("/usr/local/lib", "/Library/OpenSC/lib", "/opt/homebrew/lib", "/usr/local/lib/pkcs11")


def folders(*, system: str, environment: Mapping[str, str]) -> list[Path]:
    """The folders of a system where such software lies."""
    if system == "win32":
        windows = Path(environment.get("SystemRoot", r"C:\Windows"))
        programs = Path(environment.get("ProgramFiles", r"C:\Program Files"))
        return [windows / "System32", programs / "OpenSC Project" / "OpenSC" / "pkcs11"]
    return [Path(one) for one in (_MACOS if system == "darwin" else _LINUX)]


def candidates(*, system: str = sys.platform, environment: Mapping[str, str] = os.environ) -> list[Path]:
    """Every well-known place of a system, there or not."""
    endings = _ENDINGS.get(system, _ENDINGS["linux"])
    return [
        folder / f"{name}{ending}"
        for names in NAMES.values()
        for name in names
        for folder in folders(system=system, environment=environment)
        for ending in endings
    ]


def installed(named: Iterable[Path], *, known: Iterable[Path]) -> list[Path]:
    """Modules that are there: those the person named, then the well-known ones, each file once."""
    found: dict[Path, None] = {}
    for path in (*named, *known):
        if path.is_file():
            found.setdefault(path.resolve())
    return list(found)

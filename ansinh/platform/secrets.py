"""Secrets of this installation: from the environment, else made once into `var/secrets/` (mode 0600)."""

import os
import secrets
import tempfile
from pathlib import Path


def secret(name: str, *, folder: Path) -> str:
    """The secret `name`: variable ANSINH_<NAME>, or `folder/name`, made at first use with 256 bits.

    Two processes asking first at the same time get the same value: the file appears whole, by a hard link.
    """
    given = os.environ.get(f"ANSINH_{name.upper().replace('-', '_')}")
    if given:
        return given
    path = folder / name
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    draft = Path(name)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()

"""The software token of a demonstration: SoftHSM, with its own configuration in `var/token`."""

import ctypes
import os
from pathlib import Path

from ansinh.signing import keystore
from ansinh.signing.keys.library import running, started_anew, turn

_LABEL_LENGTH = 32
_OURS = "ANSINH_SOFTHSM2_CONF"
"""Names the configuration written here: what a program started by this one inherits is no administrator's choice."""


def is_softhsm(module: str) -> bool:
    """Whether the module is SoftHSM, which keeps tokens in a folder that must be told to it."""
    return "softhsm" in Path(module).name


def configure(folder: Path) -> None:
    """Tell SoftHSM its folder, unless an administrator did. Must come before its library is started."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    named = os.environ.get("SOFTHSM2_CONF")
    if named and named != os.environ.get(_OURS):
        return
    tokens = folder / "tokens"
    tokens.mkdir(mode=0o700, exist_ok=True)
    text = f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n"
    place = folder / "softhsm2.conf"
    if not place.exists() or place.read_text(encoding="utf-8") != text:
        place.write_text(text, encoding="utf-8")
    os.environ["SOFTHSM2_CONF"] = os.environ[_OURS] = str(place)


def make_token(module: str, *, folder: Path, label: str, pin: str, so_pin: str) -> None:
    """Make the token unless it was made before; one that is away is never made a second time."""
    made = folder / f"{label}.made"
    with turn(), keystore.locked(folder):
        if made.exists():
            return
        if not any(token.label == label for token in running(module).get_tokens()):
            _make_token(module, label=label, pin=pin, so_pin=so_pin)
        made.touch(mode=0o600)


def _make_token(module: str, *, label: str, pin: str, so_pin: str) -> None:
    empty = running(module).get_slots()[-1]
    # python-pkcs11 cannot make a token, and softhsm2-util would show the PIN in the list of processes.
    raw = ctypes.CDLL(module)
    so = so_pin.encode()
    answer = raw.C_InitToken(
        ctypes.c_ulong(empty.slot_id), so, ctypes.c_ulong(len(so)), label.encode().ljust(_LABEL_LENGTH)
    )
    if answer != 0:
        raise OSError(f"C_InitToken: {answer:#x}")
    with started_anew(module).get_token(token_label=label).open(so_pin=so_pin, rw=True) as session:
        session.init_pin(pin)

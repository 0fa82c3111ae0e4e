"""What the person who starts the program allows: portals, modules, port, how long a pairing lasts."""

import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

PORT: Final = 48199
PAIRING_HOURS: Final = 12.0
_PORTS: Final = {"https": 443, "http": 80}
_LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}
_KNOWN: Final = {"portals", "modules", "port", "pairing_hours", "open_browser"}


class WrongSettings(ValueError):
    """A setting that cannot be used; the text says which, in Vietnamese and English."""


@dataclass(frozen=True)
class Settings:
    """`portals` are origins; `modules` are added to the well-known places; `pairing_hours` is the longest pairing."""

    portals: frozenset[str]
    modules: tuple[Path, ...] = ()
    port: int = PORT
    pairing_hours: float = PAIRING_HOURS
    open_browser: bool = True


def origin_of(address: str) -> str:
    """The origin of a portal's address, as browsers write it. Raises WrongSettings unless https (on loopback: http)."""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as wrong:
        raise WrongSettings(f"Địa chỉ cổng không đọc được / unreadable portal address: {address}") from wrong
    if not host or parts.scheme not in _PORTS or parts.username or (parts.scheme == "http" and host not in _LOOPBACK):
        raise WrongSettings(
            f"Địa chỉ cổng phải bắt đầu bằng https:// / a portal's address must begin with https://: {address}"
        )
    name = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    return f"{parts.scheme}://{name}" + ("" if port in {None, _PORTS[parts.scheme]} else f":{port}")


def settings_file(*, system: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Path:
    """Where the settings of the person at this computer are kept."""
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or Path.home())
    if system == "win32":
        base = Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
    elif system == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    return base / "ansinh-token" / "settings.toml"


def read(path: Path) -> Settings:
    """The settings of a file; of no file, none. Raises WrongSettings for a wrong or unknown one."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise WrongSettings(f"{path}: {wrong}") from wrong
    if unknown := set(written) - _KNOWN:
        raise WrongSettings(f"{path}: không có mục / no such setting: {', '.join(sorted(unknown))}")
    return Settings(
        portals=frozenset(origin_of(one) for one in _typed(written, "portals", list, [], path)),
        modules=tuple(Path(one) for one in _typed(written, "modules", list, [], path)),
        port=_typed(written, "port", int, PORT, path),
        pairing_hours=float(_typed(written, "pairing_hours", (int, float), PAIRING_HOURS, path)),
        open_browser=_typed(written, "open_browser", bool, True, path),
    )


def _typed(written: Mapping[str, Any], name: str, kind: Any, default: Any, path: Path) -> Any:
    value = written.get(name, default)
    right = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
    if not right or (kind is list and not all(isinstance(one, str) for one in value)):
        raise WrongSettings(f"{path}: sai kiểu / wrong type: {name}")
    return value

"""The address of the database: DATABASE_URL, or what `./start` wrote about its private server."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

DATABASE_AS: Final = "ANSINH_DATABASE_AS"
OWNER: Final = "owner"
"""The variable that says as whom a process connects; anything but the owner is the application."""
APPLICATION_FILE: Final = "postgres.url"
OWNER_FILE: Final = "postgres-owner.url"
"""In `var/`: the private server's addresses for pages and jobs, and for migrations and set-up."""
_NOWHERE: Final = "postgresql://ansinh@/ansinh?host=/nonexistent"


def chosen_address(environment: Mapping[str, str], *, var: Path, as_owner: bool) -> str:
    """DATABASE_URL, or ANSINH_OWNER_URL for the owner where it is given; without them the private server's."""
    given = environment.get("DATABASE_URL")
    if given:
        return (environment.get("ANSINH_OWNER_URL") or given) if as_owner else given
    written = var / (OWNER_FILE if as_owner else APPLICATION_FILE)
    return written.read_text(encoding="utf-8").strip() if written.exists() else _NOWHERE


def connection_settings(url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?option=value`.

    A host in percent-encoding or in `?host=` is a folder with a unix socket. Other query parts are libpq options.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgresql://")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", unquote(parts.hostname or ""))
    if "%2F" in parts.netloc.upper():
        host = unquote(parts.netloc.rpartition("@")[2].rpartition(":")[0] or parts.netloc.rpartition("@")[2])
    port = options.pop("port", str(_port(parts.netloc) or ""))
    return {
        "ENGINE": "ansinh.platform.row_security.backend",
        "NAME": unquote(parts.path.lstrip("/")) or "ansinh",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
    }


def _port(netloc: str) -> str:
    tail = netloc.rpartition("@")[2].rpartition(":")[2]
    return tail if tail.isdigit() else ""

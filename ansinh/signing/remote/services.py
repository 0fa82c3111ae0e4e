"""The remote signing services of this installation: one YAML file each, with the days from and to which it is used.

    name: Tên dịch vụ
    url: https://ky.example.vn        # what stands before /csc/v1/…
    api: v1                           # or v2
    from: 2026-01-01
    to: 2028-01-01
    secret: ten-dich-vu.secret        # a file beside it with the access token the service gave us

They lie in `remote/` of the signing folder. No other address is ever asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import yaml
from django.conf import settings

from ansinh.platform.errors import NotFound
from ansinh.signing import keystore

_KEYS: Final = {"name", "url", "api", "from", "to", "secret"}
DEMONSTRATION: Final = "trinh-dien"


@dataclass(frozen=True)
class Service:
    """One service. `token` is what we show it as a client; empty when it wants none."""

    key: str
    name: str
    url: str
    api: Literal["v1", "v2"]
    first_day: date
    last_day: date
    token: str


def services(*, on: date) -> list[Service]:
    """The services in use on a day. Raises ValueError naming a file that is wrong."""
    return [one for one in _all() if one.first_day <= on <= one.last_day]


def the_service(key: str, *, on: date) -> Service:
    """The service of this key. Raises NotFound."""
    found = next((one for one in services(on=on) if one.key == key), None)
    if found is None:
        raise NotFound("remote-service-unknown", "Không có dịch vụ ký số này. Xin chọn lại trong danh sách.")
    return found


def _all() -> Iterator[Service]:
    if settings.DEMO_REMOTE_SIGNING_URL:
        yield Service(
            DEMONSTRATION, "An Sinh Ký từ xa (trình diễn)", settings.DEMO_REMOTE_SIGNING_URL, "v2",
            date.min, date.max, settings.DEMO_REMOTE_SIGNING_TOKEN,
        )  # fmt: skip
    place = keystore.folder() / "remote"
    if place.is_dir():
        yield from (_service(path) for path in sorted(place.glob("*.yaml")))


def _service(path: Path) -> Service:
    try:
        entry: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        if set(entry) - {"secret"} != _KEYS - {"secret"}:
            raise ValueError(f"an entry has the keys {sorted(_KEYS)}")
        if entry["api"] not in {"v1", "v2"}:
            raise ValueError("api is v1 or v2")
        if urlsplit(entry["url"]).scheme not in {"http", "https"}:
            raise ValueError("url begins with https://")
        if not isinstance(entry["from"], date) or not isinstance(entry["to"], date):
            raise ValueError("from and to are days")
        secret = path.parent / entry["secret"] if entry.get("secret") else None
        token = secret.read_text(encoding="ascii").strip() if secret else ""
        url = str(entry["url"]).rstrip("/")
        return Service(path.stem, str(entry["name"]), url, entry["api"], entry["from"], entry["to"], token)
    except (ValueError, TypeError, AttributeError, KeyError, OSError, yaml.YAMLError) as error:
        raise ValueError(f"remote signing, {path.name}: {error}") from error

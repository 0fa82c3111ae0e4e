"""Ways a dossier comes in, and which of them are electronic transactions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Channel:
    """A way, by the key that a dossier keeps."""

    key: str
    electronic: bool
    name_vi: str
    name_en: str


@cache
def channels() -> Mapping[str, Channel]:
    """Every known way, by key."""
    rows = yaml.safe_load(Path(__file__).with_name("channels.yaml").read_text(encoding="utf-8"))
    return {row["key"]: Channel(**row) for row in rows}


def channel(key: str) -> Channel:
    """The way of this key; one that nobody described is not electronic, and called by its key."""
    return channels().get(key) or Channel(key, electronic=False, name_vi=key, name_en=key)

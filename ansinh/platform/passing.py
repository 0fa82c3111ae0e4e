"""Files that are needed for minutes, between two requests: kept beside the store until their hour is over."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings

from ansinh.platform.errors import NotFound

KEPT: Final = timedelta(hours=1)


def keep(content: bytes, *, at: datetime) -> str:
    """Keep the file for an hour; the name to ask for it by, which is its SHA-256."""
    name = sha256(content).hexdigest()
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(prefix=".draft-", dir=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    os.utime(draft, (at.timestamp(), at.timestamp()))
    Path(draft).replace(folder / name)
    return name


def kept(name: str) -> bytes:
    """The file of this name. Raises NotFound when its hour is over."""
    if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256 in hexadecimal")
    try:
        return (_folder() / name).read_bytes()
    except FileNotFoundError as gone:
        raise NotFound("file-passed", "Tệp tạm đã hết hạn. Xin làm lại bước vừa rồi.") from gone


def forget_old(*, at: datetime) -> int:
    """Remove what was kept longer than its hour; how many files."""
    over = (at - KEPT).timestamp()
    gone = 0
    for file in _folder().glob("*") if _folder().is_dir() else ():
        if file.stat().st_mtime < over:
            file.unlink(missing_ok=True)
            gone += 1
    return gone


def _folder() -> Path:
    return Path(settings.FILES_DIR) / "passing"

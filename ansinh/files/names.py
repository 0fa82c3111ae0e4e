"""File names as people may see them: no folders, no controls, the extension of the real type."""

import re
import unicodedata
from pathlib import PureWindowsPath
from typing import Final

from ansinh.files.limits import EXTENSIONS, MediaType

MAX_NAME: Final = 120
_KNOWN_EXTENSION: Final = re.compile(
    r"\.(pdf|jpe?g|png|hei[cf]|jfif|tiff?|gif|webp|bmp|docx?|exe|html?)$", re.IGNORECASE
)
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def cleaned(name: str) -> str:
    """The last part of a path in NFC without controls and direction marks, spaces collapsed; may be empty."""
    last = PureWindowsPath(unicodedata.normalize("NFC", name).replace("\x00", "")).name
    shown = "".join(" " if character in "\t\r\n" else character for character in last)
    shown = "".join(character for character in shown if unicodedata.category(character) not in _INVISIBLE)
    return " ".join(shown.split())[:MAX_NAME]


def display_name(name: str, media_type: MediaType) -> str:
    """The name to keep: cleaned, a wrong extension replaced by the real type's."""
    stem = _KNOWN_EXTENSION.sub("", cleaned(name)).strip(" .") or "Giấy tờ"
    extension = EXTENSIONS[media_type]
    return stem[: MAX_NAME - len(extension)] + extension

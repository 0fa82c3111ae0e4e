"""What a template receives: data made plain, harmless and complete, as JSON text."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from ansinh.documents.qr import qr_svg
from ansinh.documents.words import money_words
from ansinh.platform.vietnamese import ZONE

BOX: Final = "\N{WHITE SQUARE}"
# Controls, invisible direction marks, surrogates, private use and unassigned code points.
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def payload(data: Mapping[str, Any]) -> str:
    """The JSON text of `data`.

    Moments are taken to Vietnam's zone and written to the second; text is NFC without controls.
    A whole number of đồng under `amount` or `*_amount` gains a twin `*_words`; an address under
    `qr_address` gains `qr_svg`.
    """
    return json.dumps(_plain(data), ensure_ascii=False)


def _plain(value: Any) -> Any:
    match value:
        case Mapping():
            return _completed({str(key): _plain(inner) for key, inner in value.items()})
        case str():
            return printable(value)
        case datetime():
            return value.astimezone(ZONE).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case None | bool() | int() | float():
            return value
        case _:
            raise TypeError(f"a paper cannot hold a {type(value).__name__}")


def _completed(values: dict[str, Any]) -> dict[str, Any]:
    for key, value in list(values.items()):
        is_amount = key == "amount" or key.endswith("_amount")
        if is_amount and isinstance(value, int) and not isinstance(value, bool):
            values[f"{key}_words"] = money_words(value)
        if key == "qr_address" and isinstance(value, str):
            values["qr_svg"] = qr_svg(value)
    return values


def printable(text: str) -> str:
    """`text` in NFC, line ends kept, other controls dropped and what no font may draw boxed."""
    return "".join(_printable(character) for character in unicodedata.normalize("NFC", text))


def _printable(character: str) -> str:
    if character == "\n":
        return character
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category not in _UNPRINTABLE:
        return character
    return BOX if category in {"Co", "Cn", "Cs"} else ""

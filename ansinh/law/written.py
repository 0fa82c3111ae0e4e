"""Inputs as people write them, in the one form the rules read: 5.000.000 đ, 31/12/2026, có, nước ngoài.

Only what can mean one thing is read so; whatever else is written stays as it is, and the rule refuses it by name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import resources

from ansinh.law.declared import Declaration, Input
from ansinh.law.exact_yaml import read_yaml
from ansinh.law.quantities import exact

_TRUE = frozenset(("true", "yes", "y", "có", "đúng", "1"))
_FALSE = frozenset(("false", "no", "n", "không", "sai", "0"))
_UNIT = re.compile(r"\s*(đồng|đ|₫|vnd|vnđ|%)$", re.IGNORECASE)
_GROUPS = re.compile(r"(\d{1,3})(([.,\s])\d{3}(?:\3\d{3})+)(?:(?!\3)[.,](\d+))?", re.ASCII)
"""Thousands in two groups or more, then perhaps decimals after the other mark."""
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,\s]\d{3}", re.ASCII)
_COMMA = re.compile(r"(\d+),(\d{1,2}|\d{4,})", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})[/.-](\d{4})", re.ASCII)
_LONGEST = 60


def as_declared(declared: Declaration, inputs: Mapping[str, object]) -> dict[str, object]:
    """The inputs under their declared names and in the form of their kinds, as far as they can mean one thing."""
    return _row(declared.by_name, inputs)


def _row(by_name: Mapping[str, Input], given: Mapping[str, object]) -> dict[str, object]:
    read: dict[str, object] = {}
    for name, value in given.items():
        one = by_name.get(name)
        if one is None:
            found = _meant(by_name, str(name))
            one = found if found is not None and given.get(found.name) is None and found.name not in read else None
        read[name if one is None else one.name] = value if one is None else _value(one, value)
    return read


def _meant(by_name: Mapping[str, Input], written: str) -> Input | None:
    """The one input a name can stand for: the same letters, or a name of the table."""
    name = written.strip().casefold().replace("-", "_").replace(" ", "_")
    if name in by_name:
        return by_name[name]
    also = _table()["names"]
    found = [one for one in by_name.values() if name in also.get(one.name, ())]
    return found[0] if len(found) == 1 else None


def _value(one: Input, value: object) -> object:
    if one.kind == "table":
        rows = value if isinstance(value, list) else []
        return [_row(one.columns_by_name, row) if isinstance(row, Mapping) else row for row in rows] if rows else value
    if isinstance(value, list):
        return [_value(one, item) for item in value]
    if isinstance(value, str):
        reader = _READERS.get(one.kind)
        return reader(one, value) if reader and len(value) <= _LONGEST else value
    return bool(value) if one.kind == "flag" and type(value) is int and value in (0, 1) else value


def _flag(_: Input, text: str) -> object:
    word = _word(text)
    return True if word in _TRUE else False if word in _FALSE else text


def _choice(one: Input, text: str) -> object:
    word = _word(text)
    for choice in one.choices:
        if word == str(choice).casefold() or word in _table()["words"].get(one.name, {}).get(choice, ()):
            return choice
    return text


def _number(_: Input, text: str) -> object:
    return as_number(text)


def as_number(text: str) -> object:
    """A number as it is written, else the text without its unit.

    Thousands in two groups or more, a decimal comma, a unit behind.
    """
    plain = _UNIT.sub("", text.strip())
    if groups := _GROUPS.fullmatch(plain):
        whole = groups[1] + re.sub(r"\D", "", groups[2])
        return exact(f"{whole}.{groups[4]}") if groups[4] else int(whole)
    if comma := _COMMA.fullmatch(plain):
        return exact(f"{comma[1]}.{comma[2]}")
    return plain


def _money(one: Input, text: str) -> object:
    """One group is thousands too: no amount is under a thousand đồng and has three decimals."""
    read = _number(one, text)
    return int(re.sub(r"\D", "", read)) if isinstance(read, str) and _ONE_GROUP.fullmatch(read) else read


def _day(_: Input, text: str) -> object:
    if found := _DAY.fullmatch(text.strip()):
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    if found := _MONTH.fullmatch(text.strip()):
        return f"{found[2]}-{int(found[1]):02d}"
    return text


_READERS: Mapping[str, Callable[[Input, str], object]] = {
    "flag": _flag, "choice": _choice, "number": _number, "count": _number, "money": _money,
    "day": _day, "month": _day, "birth": _day, "periods": _day, "list": _day,
}  # fmt: skip


def _word(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, Mapping[object, tuple[str, ...]]]]:
    content = read_yaml(resources.files("ansinh.law").joinpath("written.yaml").read_text("utf-8"))
    return {
        "names": {name: tuple(also) for name, also in content["names"].items()},
        "words": content["words"],
    }

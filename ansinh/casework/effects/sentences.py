"""The sentence of an effect, with its inputs in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansinh.catalogue.effects import NAMED, Declaration, Input
from ansinh.dossiers.lists import names
from ansinh.eforms.display import NameOf
from ansinh.offices.queries import one_line
from ansinh.platform.vietnamese import date_vi, money


def sentence(
    declared: Declaration, inputs: Mapping[str, Any], *, language: str, on: date, made: Mapping[str, Any] | None = None
) -> str:
    """What the effect does, in Vietnamese (`vi`) or English (`en`); with the facts it `made`, what it did."""
    name_of = names(on=on, language=language)
    words = {
        key: in_words(one, inputs[key], language=language, name_of=name_of, on=on) if key in inputs else ""
        for key, one in declared.inputs.items()
    }
    parts = {key: _part(one, words, language) if key in inputs else "" for key, one in declared.inputs.items()}
    text = declared.says_vi if language == "vi" else declared.says_en
    if made and declared.done_vi:
        text = declared.done_vi if language == "vi" else declared.done_en
        parts = {**{key: str(value) for key, value in made.items()}, **parts}
    return _filled(text, parts)


def in_words(one: Input, value: Any, *, language: str, name_of: NameOf, on: date) -> str:
    """One input as people read it."""
    match one.type:
        case "word":
            assert one.words is not None
            return one.words[value][language == "en"]
        case "day":
            return date_vi(value)
        case "month":
            return f"{value:%m/%Y}"
        case "money":
            return money(value)
        case "account":
            bank = name_of("banks", str(value.get("bank") or "")) or ""
            parts = (f"•••• {str(value.get('number') or '')[-4:]}", str(value.get("holder") or ""), bank)
            return ", ".join(part for part in parts if part)
        case "address":
            return one_line(value, on=on)
        case "person":
            return str(value.get("full_name") or "")
        case "office":
            return name_of("offices", str(value)) or str(value)
        case _:
            return str(value)


def _part(one: Input, words: Mapping[str, str], language: str) -> str:
    fragment = one.vi if language == "vi" else one.en
    return _filled(fragment, words) if fragment else words[one.name]


def _filled(text: str, values: Mapping[str, str]) -> str:
    return NAMED.sub(lambda found: values.get(found[1], ""), text)

"""The effects a granted dossier can have, as ``effects.yaml`` declares them: their inputs and their sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from ansinh.catalogue.yaml_file import plain, read_yaml

OWN_ACTION: Final = frozenset({"account_activated", "organisation_activated", "provider_linked", "code_issued", "none"})
"""Words for what an action of its own does (registration, approval of organisations, codes): never at a signature."""

TEXTS: Final = ("name_vi", "name_en", "says_vi", "says_en", "done_vi", "done_en")
NAMED: Final = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True)
class Input:
    """One input. `words` are the allowed values with their Vietnamese and English; `vi`, `en` its part of the sentence,
    which stands only when the input is given.
    """

    name: str
    type: str
    optional: bool = False
    words: Mapping[str, tuple[str, str]] | None = None
    vi: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One effect: what it is called, what it takes, the sentence that says it."""

    name: str
    name_vi: str
    name_en: str
    says_vi: str
    says_en: str
    inputs: Mapping[str, Input]
    done_vi: str = ""
    done_en: str = ""


@cache
def declarations() -> Mapping[str, Declaration]:
    """Every effect by its name."""
    path = Path(__file__).with_name("effects.yaml")
    node = plain(read_yaml(path, where=path.name))
    words = {
        name: {value: (one["vi"], one["en"]) for value, one in listed.items()} for name, listed in node["words"].items()
    }
    return {
        name: Declaration(
            name=name,
            inputs={key: _input(key, one, words) for key, one in part.get("inputs", {}).items()},
            **{key: part[key] for key in TEXTS if key in part},
        )
        for name, part in node["effects"].items()
    }


def _input(name: str, node: Mapping[str, Any], words: Mapping[str, Mapping[str, tuple[str, str]]]) -> Input:
    return Input(
        name=name,
        type=node["type"],
        optional=node.get("optional", False),
        words=words[node["words"]] if "words" in node else None,
        vi=node.get("vi", ""),
        en=node.get("en", ""),
    )

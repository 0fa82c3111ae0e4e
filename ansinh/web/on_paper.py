"""Cards and books on paper, counted in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansinh.platform.language import translate


def on_paper(facts: Mapping[str, Any]) -> str:
    """What an event of printing is about: “2 thẻ BHYT, 1 sổ BHXH”."""
    words = {"cards": "{n} thẻ BHYT", "books": "{n} sổ BHXH"}
    return ", ".join(translate(text, n=facts[kind]) for kind, text in words.items() if facts.get(kind))

"""The invented accounts that `./start` prints, one a role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ansinh.demo.organisations import invented
from ansinh.platform.yaml_files import load_own


@dataclass(frozen=True)
class DemoAccount:
    """How to sign in as somebody of the demonstration."""

    role_vi: str
    role_en: str
    sign_in: str
    password: str


@cache
def world() -> dict[str, Any]:
    """The facts of `world.yaml`."""
    facts: dict[str, Any] = load_own(Path(__file__).with_name("world.yaml"))
    return facts


def accounts() -> list[DemoAccount]:
    """One account for each role."""
    facts = world()
    return [
        DemoAccount(row["role_vi"], row["role_en"], row["login"], facts["password"])
        for row in [*facts["persons"], *invented()["staff"], *facts["officers"]]
    ]

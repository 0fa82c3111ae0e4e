"""A case of a right that ends: somebody has it, something happens, and at once it is gone.

To add an area, write a module beside this one with `CASES: tuple[Case[Any], ...]`; tests and `./bench rights` find it.
"""

from __future__ import annotations

import importlib
import pkgutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tests.people import life_cycles
from tests.people.life_cycles.scene import Scene
from tests.people.life_cycles.staged import LifeCycle

T = TypeVar("T")
SECONDS = 1.0
"""How long after the end a right may still be there (docs/requirements.md; threat 15, R17)."""


@dataclass(frozen=True)
class Use(Generic[T]):
    """One way to use the right: a real page or a real action. `tried` answers whether it was let through."""

    name: str
    tried: Callable[[Scene, T], bool]


@dataclass(frozen=True)
class Case(Generic[T]):
    """`build` gives somebody a right and answers what it made; `act` ends it; `use` is tried before and after."""

    name: str
    build: Callable[[Scene], T]
    act: Callable[[Scene, T], None]
    use: Use[T]

    @property
    def title(self) -> str:
        """What happens and what is tried, as it is printed."""
        return f"{self.name}: {self.use.name}"


@dataclass(frozen=True)
class Outcome:
    """What a case showed. `held`: the right was there before, without which its end proves nothing."""

    held: bool
    ended: bool
    seconds: float

    @property
    def kept(self) -> bool:
        """Whether the promise was."""
        return self.held and self.ended


def run(case: Case[Any] | LifeCycle, scene: Scene) -> Outcome:
    """Build, use, end, and use again until it is refused or a second has passed."""
    if isinstance(case, LifeCycle):
        began = time.monotonic()
        return Outcome(held=True, ended=case.ended(scene.world, scene.now), seconds=time.monotonic() - began)
    made = case.build(scene)
    held = case.use.tried(scene, made)
    case.act(scene, made)
    began = time.monotonic()
    while (tried := case.use.tried(scene, made)) and time.monotonic() - began < SECONDS:
        time.sleep(0.05)
    return Outcome(held=held, ended=not tried, seconds=time.monotonic() - began)


def all_cases() -> list[Case[Any] | LifeCycle]:
    """The cases of every area, in the order of the modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(life_cycles.__path__))
    modules = [importlib.import_module(f"{life_cycles.__name__}.{name}") for name in names]
    return [case for module in modules for name in ("CASES", "LIFE_CYCLES") for case in getattr(module, name, ())]

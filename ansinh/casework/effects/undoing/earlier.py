"""What the function that undoes an effect is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ansinh.casework.effects.given import Done, Given
from ansinh.casework.models import AppliedEffect
from ansinh.platform.errors import Conflict
from ansinh.platform.language import pick, translate


@dataclass(frozen=True)
class Earlier:
    """An effect of the result that is replaced.

    `instead`: the new effect of the same name as it is given to its function, None when nothing stands in its place.
    `given` names dossier, new decision, day and actor, for what is undone.
    """

    applied: AppliedEffect
    given: Given
    instead: Given | None

    @property
    def made(self) -> Mapping[str, Any]:
        """What came of it then."""
        made: Mapping[str, Any] = self.applied.made
        return made

    @property
    def inputs(self) -> Mapping[str, Any]:
        """What it was given then, as kept."""
        inputs: Mapping[str, Any] = self.applied.inputs
        return inputs

    @property
    def why(self) -> str:
        """For the entries that undo it."""
        return why_replaced(self.given)


def why_replaced(given: Given) -> str:
    """For the entries that follow from a new result in the place of an earlier one."""
    return f"Kết quả {given.number} thay thế kết quả trước của hồ sơ {given.dossier.number}"


@dataclass(frozen=True)
class Undone:
    """In words, and what came of it; `done`: the new effect is done with it already."""

    says_vi: str
    says_en: str
    made: dict[str, Any] = field(default_factory=dict)
    done: Done | None = None


class Undo(Protocol):
    """Undoes one effect in the caller's transaction; raises DomainError when it cannot be done, saying what to do."""

    def __call__(self, earlier: Earlier) -> Undone: ...


def by_hand(earlier: Earlier, *, next_vi: str) -> Conflict:
    """The refusal that names the effect and the next step; nothing is completed over it."""
    return Conflict(
        "effect-by-hand",
        "Máy không tự gỡ được tác động cũ “{says}”. {next} Xong, lãnh đạo hoặc trưởng bộ phận ghi nhận ở trang hồ sơ, "
        "mục Gỡ tác động cũ, rồi ký lại.",
        says=pick(earlier.applied, "says"),
        next=translate(next_vi),
    )

"""What the function of an effect is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from ansinh.dossiers.models import Dossier
from ansinh.people.actors import Actor
from ansinh.people.models import Person
from ansinh.platform.errors import Conflict
from ansinh.registry.benefits.grant import Ground
from ansinh.registry.models import InsuredPerson


@dataclass(frozen=True)
class Given:
    """One effect to do. `inputs` are typed as effects.yaml says, optional ones only when given.

    `si_number` is whose record it is, `number` the decision's, `day` the day of the approval.
    """

    dossier: Dossier
    inputs: Mapping[str, Any]
    si_number: str
    number: str
    day: date
    at: datetime
    actor: Actor
    effect: str = ""
    """Its name in the dossier: the key, with the row of a table."""
    does: str = ""
    """Which effect of effects.yaml it is."""
    round: int = 1
    """The how manyth result of the dossier does it."""
    records: dict[str, InsuredPerson] = field(default_factory=dict)
    """Those that earlier effects of the same signature locked, by number: whoever changes one changes it here."""

    def __getitem__(self, name: str) -> Any:
        """An input that is required."""
        return self.inputs[name]

    def get(self, name: str, default: Any = None) -> Any:
        """An input that may be missing."""
        return self.inputs.get(name, default)

    @property
    def dossier_id(self) -> UUID:
        """Where the record says it comes from."""
        return self.dossier.pk

    @property
    def ground(self) -> Ground:
        """The decision as the registry keeps it."""
        return Ground(self.dossier.pk, self.dossier.number, self.at)

    def person(self) -> Person:
        """Whose record it is, in the register of persons. Raises Conflict (`person-unknown`)."""
        found = Person.objects.filter(si_number=self.si_number).first() if self.si_number else None
        if found is None:
            raise Conflict(
                "person-unknown",
                "Mã số BHXH {number} chưa gắn với người nào trên Cổng nên không ghi được kết quả này. "
                "Xin mời người hưởng đến quầy để cập nhật nhân thân.",
                number=self.si_number or "(trống)",
            )
        return found

    def insured(self) -> InsuredPerson:
        """The record, locked. Raises Conflict (`record-unknown`)."""
        if self.si_number in self.records:
            return self.records[self.si_number]
        found = InsuredPerson.objects.select_for_update().filter(pk=self.si_number).first() if self.si_number else None
        if found is None:
            raise Conflict(
                "record-unknown",
                "Không có mã số BHXH {number} trong sổ quản lý nên không ghi được kết quả. "
                "Xin kiểm tra mã số, hoặc yêu cầu bổ sung.",
                number=self.si_number or "(trống)",
            )
        self.records[self.si_number] = found
        return found


@dataclass(frozen=True)
class Done:
    """What came of an effect: facts kept with it as JSON values (numbers, identifiers of rows)."""

    facts: dict[str, Any] = field(default_factory=dict)


class Function(Protocol):
    """Does one effect in the caller's transaction; raises DomainError when it cannot be done, saying what to do."""

    def __call__(self, given: Given) -> Done: ...

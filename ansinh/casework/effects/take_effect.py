"""Do what a grant does, or foresee it: the same functions, in a savepoint that is given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from ansinh.casework.compute import insured_number, worked_out
from ansinh.casework.effects.given import Done, Given
from ansinh.casework.effects.lines import decided_lines
from ansinh.casework.effects.sentences import sentence
from ansinh.casework.effects.table import FUNCTIONS
from ansinh.casework.issuing.order import order_prints
from ansinh.casework.models import AppliedEffect, Decision
from ansinh.catalogue.effects import declarations
from ansinh.catalogue.queries import frozen
from ansinh.catalogue.wanted import Decided, Wanted, wanted
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import Actor
from ansinh.platform.errors import DomainError
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day

MOST_TRIED: Final = 40
"""So many effects are tried to foresee them; of longer lists only the sentences are made."""


@dataclass(frozen=True)
class Foreseen:
    """One effect that a grant would have; `problem` is why it cannot be done now."""

    name: str
    says_vi: str
    says_en: str
    problem: DomainError | None = None


def take_effect(dossier: Dossier, decision: Decision, *, actor: Actor, at: datetime) -> list[AppliedEffect]:
    """Do every effect of a granted decision, in the caller's transaction. Raises the DomainError of the first that
    cannot be done: nothing of the grant stays then.
    """
    with as_the_house():  # a record may be kept at another office than the one that decides
        doer = _Doer(dossier, decision, actor, at)
        done = [_applied(one, doer.do(one), dossier, decision, at=at) for one in effects_of(dossier, decision, at=at)]
        order_prints(dossier, done, at=at)
        return done


def foresee(dossier: Dossier, decision: Decision, *, actor: Actor, at: datetime) -> tuple[Foreseen, ...]:
    """What granting this decision would do, tried and undone; `decision` may be one that nobody proposed yet."""
    try:
        with as_the_house():
            found = effects_of(dossier, decision, at=at)
    except DomainError as problem:
        return (Foreseen("", "", "", problem),)
    problems = _tried(found, dossier, decision, actor=actor, at=at) if len(found) <= MOST_TRIED else {}
    return tuple(Foreseen(one.name, *_said(one, on=local_day(at)), problem=problems.get(one.name)) for one in found)


def refuse_impossible(dossier: Dossier, decision: Decision, *, actor: Actor, at: datetime) -> None:
    """Raise the DomainError that `take_effect` would raise, changing nothing."""
    for one in foresee(dossier, decision, actor=actor, at=at):
        if one.problem is not None:
            raise one.problem


def effects_of(dossier: Dossier, decision: Decision, *, at: datetime) -> tuple[Wanted, ...]:
    """The effects with their inputs. Raises Conflict when an input is missing."""
    folder = frozen(dossier.version_id)
    if not any(effect.is_done for effect in folder.procedure.effects):
        return ()
    day = local_day(decision.signed_at or at)
    record, computed = worked_out(dossier, on=day)
    money = [one.key for one in folder.procedure.calculations if one.is_money]
    return wanted(
        folder,
        dossier.answers,
        record=record,
        computed=computed,
        decided=Decided(
            day=day,
            number=decision.number or dossier.number,
            office=dossier.office_code,
            dossier=dossier.number,
            amount=decision.amount,
            lines=decided_lines(decision, money=money),
        ),
    )


@dataclass
class _Doer:
    """Does effects one after another; a number that one of them gives is the record of the later ones of its row."""

    dossier: Dossier
    decision: Decision
    actor: Actor
    at: datetime
    numbers: dict[str, str] = field(default_factory=dict)

    def do(self, one: Wanted) -> Done:
        done = FUNCTIONS[one.effect.does](
            Given(
                dossier=self.dossier,
                inputs=one.inputs,
                si_number=self._record_of(one),
                number=self.decision.number or self.dossier.number,
                day=local_day(self.decision.signed_at or self.at),
                at=self.at,
                actor=self.actor,
                effect=one.name,
            )
        )
        if one.effect.does == "number_issued":
            self.numbers[one.row] = str(done.facts["number"])
        return done

    def _record_of(self, one: Wanted) -> str:
        """The number given or issued; the dossier's own only where the folder does not say whose record it is."""
        given = one.inputs.get("si_number") or self.numbers.get(one.row)
        if given or "si_number" in dict(one.effect.inputs):
            return str(given or "")
        return insured_number(self.dossier) or str(self.dossier.answers.get("si_number") or "")


def _applied(one: Wanted, done: Done, dossier: Dossier, decision: Decision, *, at: datetime) -> AppliedEffect:
    says_vi, says_en = _said(one, on=local_day(at), made=done.facts)
    declared = declarations()[one.effect.does].inputs
    return AppliedEffect.objects.create(
        dossier=dossier,
        decision=decision,
        key=one.effect.key,
        row=one.row,
        does=one.effect.does,
        inputs={name: _kept(declared[name].type, value) for name, value in one.inputs.items()},
        made=done.facts,
        says_vi=says_vi,
        says_en=says_en,
        at=at,
    )


class _Undo(Exception):
    """Gives up the savepoint in which effects were tried."""


def _tried(
    found: Sequence[Wanted], dossier: Dossier, decision: Decision, *, actor: Actor, at: datetime
) -> dict[str, DomainError]:
    """The problem of each effect that cannot be done, by its name; each is tried after those before it."""
    problems: dict[str, DomainError] = {}
    try:
        with as_the_house(), transaction.atomic():
            doer = _Doer(dossier, decision, actor, at)
            for one in found:
                try:
                    with transaction.atomic():
                        doer.do(one)
                except DomainError as problem:
                    problems[one.name] = problem
            raise _Undo
    except _Undo:
        return problems


def _said(one: Wanted, *, on: date, made: Mapping[str, Any] | None = None) -> tuple[str, str]:
    declared = declarations()[one.effect.does]
    return (
        sentence(declared, one.inputs, language="vi", on=on, made=made),
        sentence(declared, one.inputs, language="en", on=on, made=made),
    )


def _kept(kind: str, value: Any) -> Any:
    """An input as it is kept with the effect: without numbers that have a sealed place of their own."""
    if kind == "id_number":
        return f"•••• {str(value)[-4:]}"
    if isinstance(value, Mapping) and "number" in value:
        return {**value, "number": f"•••• {str(value['number'])[-4:]}"}
    return value.isoformat() if isinstance(value, date) else value

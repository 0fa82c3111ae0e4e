"""Do what a grant does, or foresee it: the same functions, in a savepoint that is given up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from ansinh.casework.compute import insured_number, worked_out
from ansinh.casework.effects.given import Done, Function, Given
from ansinh.casework.effects.kept import kept_inputs
from ansinh.casework.effects.lines import decided_lines
from ansinh.casework.effects.sentences import sentence
from ansinh.casework.effects.table import FUNCTIONS
from ansinh.casework.effects.undoing.earlier import Earlier
from ansinh.casework.effects.undoing.replaced import earlier_effects, is_kept, is_to_undo, round_of
from ansinh.casework.effects.undoing.table import ANEW, undo
from ansinh.casework.issuing.order import order_prints
from ansinh.casework.models import AppliedEffect, Decision, EffectReversal
from ansinh.catalogue.effects import declarations
from ansinh.catalogue.queries import frozen
from ansinh.catalogue.wanted import Decided, Wanted, wanted
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import Actor
from ansinh.platform.errors import DomainError
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.registry.models import InsuredPerson

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
    """Do every effect of a decision, in the caller's transaction; what a result it replaces did is undone before.

    Raises the DomainError of the first that cannot be done: nothing of the decision stays then.
    """
    with as_the_house():  # a record may be kept at another office than the one that decides
        work = _Work(dossier, decision, actor, at)
        for step in work.steps():
            step.do()
        work.write()
        order_prints(dossier, work.fresh, at=at)
        return work.applied


def foresee(dossier: Dossier, decision: Decision, *, actor: Actor, at: datetime) -> tuple[Foreseen, ...]:
    """What signing this decision would do, tried and undone; `decision` may be one that nobody proposed yet."""
    try:
        with as_the_house():
            steps = _Work(dossier, decision, actor, at, is_tried=True).steps()
    except DomainError as problem:
        return (Foreseen("", "", "", problem),)
    problems = _tried(steps) if len(steps) <= MOST_TRIED else {}
    return tuple(Foreseen(one.name, one.says_vi, one.says_en, problems.get(one.name)) for one in steps)


def why_not_undone(
    dossier: Dossier, decision: Decision, one: AppliedEffect, *, actor: Actor, at: datetime
) -> DomainError | None:
    """Why no signature of this decision undoes an effect of the result it replaces; tried, and given up. None: it does.

    `decision` may be one that nobody proposed yet.
    """
    with as_the_house():
        step = _Work(dossier, decision, actor, at, is_tried=True).undoing(one)
    return _tried([step]).get(step.name)


def refuse_impossible(dossier: Dossier, decision: Decision, *, actor: Actor, at: datetime) -> None:
    """Raise the DomainError that `take_effect` would raise, changing nothing."""
    for one in foresee(dossier, decision, actor=actor, at=at):
        if one.problem is not None:
            raise one.problem


def effects_of(dossier: Dossier, decision: Decision, *, at: datetime) -> tuple[Wanted, ...]:
    """The effects with their inputs. Raises Conflict when an input is missing."""
    folder = frozen(dossier.version_id)
    done = [effect for effect in folder.procedure.effects if effect.is_done]
    if not done:
        return ()
    day = local_day(decision.signed_at or at)
    # Most effects take answers and what was decided; the registers are then not read and worked through once more.
    record, computed = worked_out(dossier, on=day) if any(effect.reads_more for effect in done) else ({}, ())
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


@dataclass(frozen=True)
class _Step:
    """One thing a signature does, in words."""

    name: str
    says_vi: str
    says_en: str
    do: Callable[[], object]


@dataclass
class _Work:
    """Does effects one after another; a number that one of them gives is the record of the later ones of its row.

    Of a dossier that was opened again: what its earlier result did is undone last first, unless it is the same as what
    the new one does; that is kept as it is.
    """

    dossier: Dossier
    decision: Decision
    actor: Actor
    at: datetime
    is_tried: bool = False
    """Nothing is written about what is done."""
    numbers: dict[str, str] = field(default_factory=dict)
    done: dict[str, Done] = field(default_factory=dict)
    """New effects that undoing an earlier one did with it."""
    records: dict[str, InsuredPerson] = field(default_factory=dict)
    """Locked by the effects of a first result: nothing is undone, given up or written past them meanwhile."""
    applied: list[AppliedEffect] = field(default_factory=list)
    fresh: list[AppliedEffect] = field(default_factory=list)
    """Those of `applied` that are not kept from before."""

    def steps(self) -> list[_Step]:
        """Everything in order. Raises Conflict when an input is missing."""
        grants = self.decision.kind == "grant"
        new = {one.name: one for one in effects_of(self.dossier, self.decision, at=self.at)} if grants else {}
        replaced = earlier_effects(self.dossier)
        kept = {one.name: one for one in replaced if is_kept(one, new.get(one.name), dossier=self.dossier)}
        steps = [self._undoing(one, new.get(one.name)) for one in reversed(replaced) if is_to_undo(one, kept)]
        return steps + [self._doing(one, kept.get(one.name)) for one in new.values()]

    def undoing(self, one: AppliedEffect) -> _Step:
        """The step that undoes one effect, with what the decision puts in its place."""
        grants = self.decision.kind == "grant"
        new = {each.name: each for each in effects_of(self.dossier, self.decision, at=self.at)} if grants else {}
        return self._undoing(one, new.get(one.name))

    def _undoing(self, one: AppliedEffect, instead: Wanted | None) -> _Step:
        says_vi, says_en = f"Gỡ tác động cũ: {one.says_vi}", f"Undo: {one.says_en}"
        return _Step(f"undo {one.name}", says_vi, says_en, lambda: self._undo(one, instead))

    def _doing(self, one: Wanted, kept: AppliedEffect | None) -> _Step:
        says_vi, says_en = _said(one, on=local_day(self.at))
        if kept is not None:
            return _Step(one.name, f"Giữ nguyên: {says_vi}", f"Kept: {says_en}", lambda: self._keep(one, kept))
        return _Step(one.name, says_vi, says_en, lambda: self._do(one))

    def _undo(self, one: AppliedEffect, instead: Wanted | None) -> None:
        same = instead is not None and instead.effect.does == one.does
        undone = undo(
            Earlier(
                applied=one,
                given=self._given(one.name, one.does, {}, ""),
                instead=self._given_of(instead) if same and instead else None,
            )
        )
        if undone.done is not None:
            self.done[one.name] = undone.done
        if not self.is_tried:
            EffectReversal.objects.create(
                effect=one, dossier=self.dossier, decision=self.decision, says_vi=undone.says_vi,
                says_en=undone.says_en, made=undone.made, at=self.at,
            )  # fmt: skip

    def _keep(self, one: Wanted, kept: AppliedEffect) -> None:
        if kept.does == "number_issued":
            self.numbers[one.row] = str(kept.made["number"])
        self._wrote(one, Done(dict(kept.made)))

    def _do(self, one: Wanted) -> None:
        done = self.done.get(one.name) or self._function(one.effect.does)(self._given_of(one))
        if one.effect.does == "number_issued":
            self.numbers[one.row] = str(done.facts["number"])
        if (row := self._wrote(one, done)) is not None:
            self.fresh.append(row)

    def _function(self, does: str) -> Function:
        plain = FUNCTIONS[does]
        return ANEW.get(does, plain) if round_of(self.dossier) > 1 else plain

    def _wrote(self, one: Wanted, done: Done) -> AppliedEffect | None:
        if self.is_tried:
            return None
        row = _applied(one, done, self.dossier, self.decision, at=self.at)
        self.applied.append(row)
        if round_of(self.dossier) > 1:  # the later effects of this round count what the earlier ones left
            row.save(force_insert=True)
        return row

    def write(self) -> None:
        """Write what was done, all of it at once."""
        AppliedEffect.objects.bulk_create(one for one in self.applied if one._state.adding)

    def _given_of(self, one: Wanted) -> Given:
        return self._given(one.name, one.effect.does, one.inputs, self._record_of(one))

    def _given(self, name: str, does: str, inputs: Mapping[str, Any], si_number: str) -> Given:
        this_round = round_of(self.dossier)
        return Given(
            dossier=self.dossier,
            inputs=inputs,
            si_number=si_number,
            number=self.decision.number or self.dossier.number,
            day=local_day(self.decision.signed_at or self.at),
            at=self.at,
            actor=self.actor,
            effect=name,
            does=does,
            round=this_round,
            records=self.records if this_round == 1 and not self.is_tried else {},
        )

    def _record_of(self, one: Wanted) -> str:
        """The number given or issued; the dossier's own only where the folder does not say whose record it is."""
        given = one.inputs.get("si_number") or self.numbers.get(one.row)
        if given or "si_number" in dict(one.effect.inputs):
            return str(given or "")
        return insured_number(self.dossier) or str(self.dossier.answers.get("si_number") or "")


def _applied(one: Wanted, done: Done, dossier: Dossier, decision: Decision, *, at: datetime) -> AppliedEffect:
    says_vi, says_en = _said(one, on=local_day(at), made=done.facts)
    return AppliedEffect(
        dossier=dossier,
        decision=decision,
        key=one.effect.key,
        row=one.row,
        does=one.effect.does,
        inputs=kept_inputs(one.effect.does, one.inputs),
        made=done.facts,
        says_vi=says_vi,
        says_en=says_en,
        at=at,
    )


class _Undo(Exception):
    """Gives up the savepoint in which effects were tried."""


def _tried(steps: Sequence[_Step]) -> dict[str, DomainError]:
    """The problem of each step that cannot be done, by its name; each is tried after those before it."""
    problems: dict[str, DomainError] = {}
    try:
        with as_the_house(), transaction.atomic():
            for one in steps:
                try:
                    with transaction.atomic():
                        one.do()
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

"""The states of a dossier at the office, as a table: (action, from, stage kind) → to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ansinh.catalogue.folder import Stage, StageKind
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier, State
from ansinh.eforms.conditions import evaluate
from ansinh.eforms.visibility import asked_answers
from ansinh.people.models import Role
from ansinh.platform.errors import Conflict

WORKED_STAGES: tuple[StageKind, ...] = ("intake", "check", "appraise", "control", "applicant_sign", "sign")
"""Stages a dossier goes through here; money, cards and archive follow in their own contexts."""
WATCHES_THE_APPLICANT: Final = Role.HEAD
"""Who has the dossier while the applicant signs: may take the paper back, and do nothing else."""


@dataclass(frozen=True)
class Transition:
    """An action that changes the state; `stage_kinds` are the stages it belongs to."""

    action: str
    from_states: tuple[State, ...]
    stage_kinds: tuple[StageKind, ...]
    to_state: State


TRANSITIONS: dict[str, Transition] = {
    row.action: row
    for row in (
        Transition("originals_received", (State.WAITING_FOR_ORIGINALS,), ("intake",), State.SUBMITTED),
        Transition("accept", (State.SUBMITTED,), ("intake",), State.IN_PROGRESS),
        Transition(
            "ask_for_more",
            (State.SUBMITTED, State.IN_PROGRESS),
            ("intake", "check", "appraise"),
            State.WAITING_FOR_APPLICANT,
        ),
        Transition("confirm_check", (State.IN_PROGRESS,), ("check",), State.IN_PROGRESS),
        Transition("propose", (State.IN_PROGRESS,), ("appraise",), State.IN_PROGRESS),
        Transition("refuse_at_intake", (State.SUBMITTED, State.WAITING_FOR_ORIGINALS), ("intake",), State.IN_PROGRESS),
        Transition(
            "refuse_unanswered", (State.WAITING_FOR_APPLICANT,), ("intake", "check", "appraise"), State.IN_PROGRESS
        ),
        Transition("control", (State.IN_PROGRESS,), ("control",), State.IN_PROGRESS),
        Transition("applicant_signs", (State.IN_PROGRESS,), ("applicant_sign",), State.IN_PROGRESS),
        Transition("applicant_declines", (State.IN_PROGRESS,), ("applicant_sign",), State.IN_PROGRESS),
        Transition("send_back", (State.IN_PROGRESS,), ("control", "applicant_sign", "sign"), State.IN_PROGRESS),
        Transition("approve", (State.IN_PROGRESS,), ("sign",), State.APPROVED),
        Transition("grant", (State.APPROVED,), ("sign",), State.GRANTED),
        Transition("refuse", (State.APPROVED,), ("sign",), State.REFUSED),
        Transition("return_approval", (State.APPROVED,), ("sign",), State.IN_PROGRESS),
        Transition(
            "hand_over",
            (State.SUBMITTED, State.WAITING_FOR_ORIGINALS, State.IN_PROGRESS),
            WORKED_STAGES,
            State.SUBMITTED,
        ),
    )
}


def move(action: str, dossier: Dossier, *, stage: Stage) -> State:
    """The state this action leads to; raises Conflict when the dossier does not stand there (any more)."""
    transition = TRANSITIONS[action]
    if not possible(action, dossier, stage=stage):
        raise Conflict(
            "wrong-state",
            "Hồ sơ {number} đang ở bước “{stage}”, trạng thái “{state}” nên không làm việc này được. "
            "Có thể người khác vừa xử lý; xin tải lại trang.",
            number=dossier.number,
            stage=stage.name_vi,
            state=State(dossier.state).label,
        )
    return transition.to_state


def possible(action: str, dossier: Dossier, *, stage: Stage) -> bool:
    """Whether the dossier stands where this action can be done."""
    transition = TRANSITIONS[action]
    return dossier.state in transition.from_states and stage.kind in transition.stage_kinds


def stages(dossier: Dossier) -> tuple[Stage, ...]:
    """The stages this dossier goes through here, in order."""
    folder = frozen(dossier.version_id)
    asked = dossier.answers if folder.form is None else asked_answers(folder.form, dossier.answers)
    return tuple(
        stage
        for stage in folder.stages
        if stage.kind in WORKED_STAGES and (stage.when is None or evaluate(stage.when, asked))
    )


def next_stage(dossier: Dossier) -> Stage:
    """The stage after the present one."""
    row = stages(dossier)
    keys = [stage.key for stage in row]
    after = keys.index(dossier.stage) + 1
    if after == len(row):
        raise Conflict(
            "no-next-stage",
            "Sau bước “{stage}” không còn bước nào để chuyển. Xin tải lại trang.",
            stage=row[-1].name_vi,
        )
    return row[after]


def stage_of_kind(dossier: Dossier, kind: StageKind) -> Stage | None:
    """The first stage of a kind, if the procedure has one."""
    return next((stage for stage in stages(dossier) if stage.kind == kind), None)

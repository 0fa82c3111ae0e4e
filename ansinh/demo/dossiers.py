"""A few dossiers on their way, filed and worked on by the real actions with the examples of the procedures."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ansinh.casework.accept import accept, confirm_check
from ansinh.casework.access import stage_of
from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.casework.compute import compute
from ansinh.casework.propose import control, propose_grant
from ansinh.casework.sign import sign
from ansinh.catalogue.queries import folder_in_force, frozen
from ansinh.demo.accounts import world
from ansinh.demo.moved import moved
from ansinh.demo.play.filing import attach_missing
from ansinh.demo.play.town import officer_of
from ansinh.demo.time_stamps import stamped_at
from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder
from ansinh.dossiers.completeness import completeness, draft_digest
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.submit import file_draft
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import Account
from ansinh.people.queries import citizen
from ansinh.platform.actor_context import acting_as
from ansinh.platform.identifiers import uuid7
from ansinh.platform.zone import VIETNAM, local_day

log = logging.getLogger(__name__)


def file_dossiers(*, at: datetime) -> None:
    """File every dossier of `world.yaml` and bring it as far as its `until` says."""
    for row in world()["dossiers"]:
        filed_at = _morning_of(row["working_days_ago"], before=at)
        actor = _citizen(row["login"])
        dossier = _file(row, actor, at=filed_at)
        if dossier is not None:
            _work(dossier, row, at=filed_at + timedelta(hours=3))


def _morning_of(working_days: int, *, before: datetime) -> datetime:
    """Half past eight on the working day so many working days before."""
    day, calendar = local_day(before), work_calendar()
    while working_days:
        day -= timedelta(days=1)
        working_days -= calendar.is_working_day(day)
    return datetime(day.year, day.month, day.day, 8, 30, tzinfo=VIETNAM)


def _file(row: dict[str, Any], actor: Citizen, *, at: datetime) -> Dossier | None:
    draft = drafts.begin(row["procedure"], holder=Holder.of(actor), at=at)
    folder = frozen(draft.version_id)
    examples = folder_in_force(row["procedure"], on=local_day(at)).examples
    example = next(one for one in examples if one.key == row["example"])
    home = draft.answers["contact_address"]
    told = moved(example.answers, written_for=example.today, filed_on=local_day(at))
    given = {
        key: home if isinstance(value, dict) and "province" in value else value
        for key, value in told.items()
        if key not in draft.answers
    }
    draft = drafts.save(draft.pk, holder=Holder.of(actor), answers={**given, **row.get("answers", {})}, at=at)
    attach_missing(draft, holder=Holder.of(actor), owner_id=actor.account_id, name=actor.name, at=at)
    state = completeness(draft, today=local_day(at))
    if state.gaps:
        faults = [str(problem) for part in state.parts for problem in part.problems]
        log.error("demonstration dossier %s stays a draft: %s", row["procedure"], faults)
        return None
    if row["until"] == "draft":
        return None
    with transaction.atomic(), acting_as(actor.label):
        dossier_id = uuid7()
        file_draft(
            draft,
            dossier_id=dossier_id,
            folder=folder,
            actor=actor,
            digest=draft_digest(draft),
            evidence_id=None,
            channel="portal",
            at=at,
        )
    return Dossier.objects.get(pk=dossier_id)


def _work(dossier: Dossier, row: dict[str, Any], *, at: datetime) -> None:
    until = row["until"]
    if until == "submitted":
        return
    dossier = accept(dossier.pk, actor=_holder_of_stage(dossier, at), at=at)
    if until == "accepted":
        return
    if until == "asked":
        asks = [Ask(ask["kind"], ask["target"], ask["reason"], ask["wrong"], "") for ask in row["asks"]]
        ask_for_more(dossier.pk, actor=_holder_of_stage(dossier, at), asks=asks, at=at + timedelta(hours=2))
        return
    while stage_of(dossier).kind == "check":
        dossier = confirm_check(dossier.pk, actor=_holder_of_stage(dossier, at), note="", at=at + timedelta(hours=3))
    for hours, (kind, reached) in enumerate((("appraise", "proposed"), ("control", "controlled"), ("sign", "signed"))):
        dossier.refresh_from_db()
        if kind == "appraise" and any(line.fault for line in compute(dossier, on=local_day(at))):
            return  # the figures of this year are not published yet: its specialist waits for them
        if stage_of(dossier).kind == kind:
            _do(kind, dossier, _holder_of_stage(dossier, at), at + timedelta(hours=4 + hours))
        if until == reached:
            return


def _do(kind: str, dossier: Dossier, actor: OfficerActor, at: datetime) -> None:
    if kind == "appraise":
        propose_grant(dossier.pk, actor=actor, amount=None, override_reason="", note="", at=at)
    elif kind == "control":
        control(dossier.pk, actor=actor, note="", at=at)
    else:
        with stamped_at(at):
            sign(dossier.pk, actor=actor, at=at)


def _citizen(login: str) -> Citizen:
    actor = citizen(Account.objects.get(login=login))
    assert actor is not None
    return actor


def _holder_of_stage(dossier: Dossier, at: datetime) -> OfficerActor:
    actor = officer_of(dossier.stage_role, at_office=dossier.office_code, on=local_day(at))
    if actor is None:
        raise LookupError(f"nobody of the demonstration does {dossier.stage_role} at {dossier.office_code}")
    return actor

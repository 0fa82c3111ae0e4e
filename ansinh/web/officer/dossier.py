"""The page of one dossier: everything an officer needs to decide, and the one next step."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework.access import may_work_on, stage_of
from ansinh.casework.account_holder import account_holders, other_holders
from ansinh.casework.assignment.assign import assigns_at
from ansinh.casework.claims.cancel import can_cancel
from ansinh.casework.complaints.answer import SIGNS
from ansinh.casework.complaints.file import complaints_of
from ansinh.casework.complaints.paper import may_type, takes_complaints
from ansinh.casework.compute import Computed, compute, conditions_of, total
from ansinh.casework.effects.claims import claims_of
from ansinh.casework.extend import can_extend
from ansinh.casework.opinions.ask import opinions_of
from ansinh.casework.propose import open_and_sent_back
from ansinh.casework.reopening.changed import what_changed
from ansinh.casework.reopening.confirm import can_confirm
from ansinh.casework.reopening.reopen import can_act_on, can_reopen
from ansinh.casework.rounds import reopenings_of
from ansinh.casework.transitions import possible
from ansinh.casework.waiting import what_is_away
from ansinh.catalogue.corrections import may_propose
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import CLOSED_STATES, Dossier, State
from ansinh.dossiers.signed_document import signed_document
from ansinh.dossiers.standing import standing_of
from ansinh.offices.queries import work_calendar
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.people.readings import PageKind
from ansinh.people.readings.openings import the_opening
from ansinh.platform.language import pick, translate
from ansinh.platform.plans import keeping_plans
from ansinh.platform.remembered import remembering
from ansinh.post.access import KEEPS_POST
from ansinh.web.citizen.lists.sight import page_of_lists
from ansinh.web.claim_findings import columns, settled_claims
from ansinh.web.clock import now, today
from ansinh.web.officer.apologies import beside_due
from ansinh.web.officer.assigning import handled
from ansinh.web.officer.away import finished_when_back
from ansinh.web.officer.frame import WORK, desk
from ansinh.web.officer.long_draft import long_draft
from ansinh.web.officer.offers import offers
from ansinh.web.officer.papers import chosen_page
from ansinh.web.officer.queue_view import due_of
from ansinh.web.officer.reading import asked_last, changes_of, kept_by, papers_of, sections_of
from ansinh.web.officer.related import beside
from ansinh.web.officer.supplement import waiting_round
from ansinh.web.officer.time_view import history_of, ledger_of, path_of
from ansinh.web.officer.told_view import told_about
from ansinh.web.officer.watched import dossier_page
from ansinh.web.process_view import dossier_process
from ansinh.web.public.uncertain_words import uncertain_words
from ansinh.web.standing_words import round_words, standing_words

COMPUTED_AT = frozenset({"appraise", "control", "sign"})


@dossier_page(PageKind.DOSSIER)
@keeping_plans()
@remembering()
def dossier(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """Read the dossier and choose the next step."""
    calendar, events = work_calendar(), list(found.events.all())
    computed = draft_of(found, on=today())
    papers = papers_of(found)
    decision, sent_back = open_and_sent_back(found)
    offered = offers(found, officer=officer, computed=computed)
    return desk(
        request,
        officer,
        "dossier.html",
        translate("{person}: {service}", person=found.applicant_name, service=service_of(found)),
        current=WORK,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        dossier=found,
        due=due_of(found, today=today(), calendar=calendar),
        waits_for=_waits_for(found, officer),
        opening=None if may_work_on(found, viewer=officer) else the_opening(found.pk, reader=officer, at=now()),
        offers=offered,
        may_pin=any(one.key == "supplement" for one in offered),
        computed=computed,
        total=total(computed),
        met=conditions_shown(computed),
        long=long_draft(request, computed, here=reverse("officer:dossier", kwargs={"dossier_id": found.pk})),
        decision=decision,
        round=waiting_round(found, officer),
        extends=can_extend(found, viewer=officer),
        complains_on_paper=may_type(found, viewer=officer) and takes_complaints(found, on=today()),
        reopens=can_reopen(found, viewer=officer, on=today()),
        changed=what_changed(found),
        confirms=can_confirm(found, viewer=officer, on=today()),
        undoes=found.reopened_at is not None and found.closed_at is None,
        rounds=[round_words(one) for one in reopenings_of(found)],
        sent_back=sent_back,
        sections=sections_of(found, on=today()),
        claims=settled_claims(found.answers),
        claim_columns=columns(),
        list_page=page_of_lists(request),
        changes=(changes := changes_of(found, asked := asked_last(found), on=today())),
        kept=kept_by(asked),
        **_money(found, officer),
        changed_places=len(changes) + sum(group.replaced for group in papers),
        papers=papers,
        paper=chosen_page(request, papers),
        ledger=ledger_of(found, events, now=now(), calendar=calendar),
        handled=handled(found),
        assigns=found.closed_at is None and bool(found.stage_role) and assigns_at(officer, found.office_code),
        path=path_of(found, events, today=today()),
        process=dossier_process(found),
        uncertain=uncertain_words(frozen(found.version_id)),
        correct_href=_correct_href(found, officer),
        history=history_of(found, events),
        documents=[(one, standing_words(standing_of(one, found))) for one in found.documents.all()],
        signed=signed_document(found),
        messages=told_about(found),
        **_around(found, officer),
        **beside_due(found, officer),
        **beside(found, officer),
    )


def _around(found: Dossier, officer: OfficerActor) -> dict[str, Any]:
    """Opinions, complaints and post of the dossier, and what of them this officer does."""
    return {
        "opinions": opinions_of(found),
        "complaints": [(one, can_act_on(one, viewer=officer, on=today())) for one in complaints_of(found)],
        "answering": {post.office_code for post in officer.posts if post.role in SIGNS},
        "posts": any(post.role in KEEPS_POST for post in officer.posts),
    }


def _money(found: Dossier, officer: OfficerActor) -> dict[str, Any]:
    """Where the money goes: whose account it is, and who else holds it; what was claimed back, and who cancels that."""
    return {
        "holders": account_holders(found),
        "other_holders": other_holders(found),
        "claimed": claims_of(found),
        "takes_claims_back": can_cancel(found, viewer=officer),
    }


def draft_of(found: Dossier, *, on: date) -> list[Computed]:
    """What the law computes for this dossier, from appraisal on; nothing before or after."""
    if found.state in CLOSED_STATES or stage_of(found).kind not in COMPUTED_AT:
        return []
    return compute(found, on=on)


def conditions_shown(computed: list[Computed]) -> list[dict[str, str]]:
    """Each condition of the law with its result, for the `conditions` component."""
    return [{"result": one.result, "text": pick(one, "text"), "clause": one.clause} for one in conditions_of(computed)]


def _correct_href(found: Dossier, officer: OfficerActor) -> str:
    """Where an administrator puts facts of the procedure right; empty for everybody else."""
    return reverse("officer:correct", args=[found.procedure]) if may_propose(officer) else ""


def service_of(found: Dossier) -> str:
    """The short name of the procedure."""
    return pick(frozen(found.version_id).procedure, "short_name")


def _waits_for(found: Dossier, officer: OfficerActor) -> str:
    """Why this officer has nothing to do here now, or empty."""
    if found.state in CLOSED_STATES:
        return translate("Hồ sơ đã kết thúc. Chỉ còn để xem.")
    if found.state == State.APPROVED:
        why = finished_when_back(what_is_away([found.pk]).get(found.pk, ""))
        return translate("Lãnh đạo đã duyệt. {why} Không phải làm gì thêm.", why=why)
    if not may_work_on(found, viewer=officer):
        role = translate(Role(found.stage_role).label) if found.stage_role else translate("không ai")
        return translate("Bước này thuộc {role}. Ông/bà xem được, không xử lý được.", role=role)
    if possible("accept", found, stage=stage_of(found)) or found.due_on:
        return ""
    return translate("Đang chờ người nộp; chưa có việc gì cho cơ quan.") if not _can_receive(found) else ""


def _can_receive(found: Dossier) -> bool:
    return possible("originals_received", found, stage=stage_of(found))

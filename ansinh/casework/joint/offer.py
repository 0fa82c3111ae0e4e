"""Make the paper that the applicant signs first: a job, once the head agreed; and take it back when it is sent back."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.db import transaction

from ansinh.casework.access import stage_of
from ansinh.casework.happened import DossierMoved
from ansinh.casework.letter import decision_data
from ansinh.casework.models import Decision, DecisionState
from ansinh.casework.models_joint import JointPaper, JointState
from ansinh.casework.statement import result_statement, seal_what_waits
from ansinh.casework.transitions import stage_of_kind
from ansinh.catalogue.queries import frozen
from ansinh.documents.render import render_source
from ansinh.dossiers.models import Dossier
from ansinh.platform.events import publish
from ansinh.platform.storage import put
from ansinh.signing.two_signers import with_two_fields

OFFER_PAPER = "casework.offer_joint_paper"
"""Name of the job that makes it."""
LARGEST = 10 * 1024 * 1024


def offer_paper(dossier_id: UUID, *, at: datetime) -> JointPaper | None:
    """Make the paper of the controlled decision and tell the applicant; None when there is none to make (any more)."""
    read = _awaited(Dossier.objects.get(pk=dossier_id))
    if read is None:
        return None
    seal_what_waits(at=at)
    stated = result_statement(read.dossier, granted=True, number=read.number, at=at)
    folder = frozen(read.dossier.version_id)
    assert folder.decision_template is not None
    paper = with_two_fields(
        render_source(
            folder.decision_template,
            name=f"{folder.slug}/decision.typ",
            data={**decision_data(read.dossier, read, at=at), "draft": False, **stated.printed},
            at=at,
            statement=stated.content,
        )
    )
    with transaction.atomic():
        decision = _awaited(Dossier.objects.select_for_update().get(pk=dossier_id))
        if decision is None or decision.pk != read.pk:
            return None
        made = JointPaper.objects.create(
            id=stated.document_id,
            dossier_id=dossier_id,
            decision=decision,
            sha256=put(BytesIO(paper), limit=LARGEST).sha256,
            offered_at=at,
        )
        publish(DossierMoved(dossier_id, "paper_to_sign", at))
    return made


def take_back(decision: Decision) -> None:
    """The paper of a decision that goes back to the specialist is signed no more, in the caller's transaction."""
    JointPaper.objects.filter(decision=decision).exclude(state=JointState.TAKEN_BACK).update(
        state=JointState.TAKEN_BACK
    )


def standing_paper(dossier: Dossier) -> JointPaper | None:
    """The paper that is offered or signed by the applicant now."""
    return JointPaper.objects.filter(dossier=dossier).exclude(state=JointState.TAKEN_BACK).first()


def signed_paper(dossier: Dossier, decision: Decision) -> JointPaper | None:
    """The paper of this decision with the applicant's signature; only a version with that stage has any."""
    if stage_of_kind(dossier, "applicant_sign") is None:
        return None
    return JointPaper.objects.filter(decision=decision, state=JointState.SIGNED).first()


def _awaited(dossier: Dossier) -> Decision | None:
    """The decision whose paper is to be made: the dossier stands at the applicant's signature and has none yet."""
    if stage_of(dossier).kind != "applicant_sign":
        return None
    decisions = dossier.decisions.filter(state=DecisionState.CONTROLLED, joint_paper__isnull=True)
    return decisions.select_related("dossier", "signed_by").first()

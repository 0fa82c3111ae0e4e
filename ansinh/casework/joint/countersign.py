"""The leader's signature on a paper that the applicant signed first."""

from __future__ import annotations

from datetime import datetime

from ansinh.casework.models import Decision
from ansinh.casework.models_joint import JointPaper
from ansinh.documents.render import render
from ansinh.dossiers.models import Dossier
from ansinh.offices.queries import office
from ansinh.platform.storage import open_file
from ansinh.signing.authority import ensure_signer
from ansinh.signing.pdf import countersign_pdf
from ansinh.signing.timestamps import stamper
from ansinh.signing.two_signers import AGENCY, stamp_of


def countersigned(dossier: Dossier, decision: Decision, paper: JointPaper, *, key_name: str, at: datetime) -> bytes:
    """The paper with both signatures, time-stamped now. Raises NotNow while time-stamps or the token are away."""
    leader, approved_at = decision.signed_by, decision.signed_at
    assert leader is not None and approved_at is not None
    held_at = office(dossier.office_code).name_vi
    capacity = ", ".join(part for part in (decision.signed_capacity, decision.signed_title) if part)
    ensure_signer(key_name=key_name, full_name=leader.full_name, organisation=held_at, at=at)
    look = render(
        "agency_seal",
        data={
            "full_name": leader.full_name,
            "position": capacity,
            "organisation": held_at,
            "signed_at": approved_at,
        },
        at=approved_at,
    )
    with open_file(paper.signed_sha256) as file:
        signed_first = file.read()
    return countersign_pdf(
        signed_first,
        key_name=key_name,
        signer_name=leader.full_name,
        capacity=capacity,
        reason=f"Ký {decision.number}, hồ sơ {dossier.number}",
        look=stamp_of(look),
        at=at,
        approved_at=approved_at,
        stamper=stamper(),
        field=AGENCY,
    )

"""What this officer can do with a dossier now: the one main action of the stage and the others."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from ansinh.casework.access import may_work_on, stage_of
from ansinh.casework.compute import Computed, total
from ansinh.casework.organisations.approve import OPEN
from ansinh.casework.organisations.matter import effect_of
from ansinh.casework.propose import is_unanswered
from ansinh.casework.transitions import possible
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import money
from ansinh.web.clock import today


@dataclass(frozen=True)
class Offer:
    """A link to the page of an action; `kind` go (the main one), warn or empty."""

    key: str
    label: str
    href: str
    kind: str = ""


OFFERS: tuple[tuple[str, str, str, str], ...] = (
    ("originals_received", "originals-received", "Ghi nhận bản chính đã đến", "go"),
    ("accept", "accept", "Tiếp nhận hồ sơ", "go"),
    ("confirm_check", "confirm-check", "Xác nhận đã đối chiếu", "go"),
    ("propose", "grant", "Đề xuất giải quyết", "go"),
    ("control", "control", "Đồng ý, trình lãnh đạo ký", "go"),
    ("approve", "sign", "Xem thư và ký", "go"),
    ("ask_for_more", "supplement", "Yêu cầu bổ sung", ""),
    ("send_back", "send-back", "Trả lại chuyên viên", ""),
    ("hand_over", "hand-over", "Chuyển cơ quan khác", ""),
    ("propose", "refuse", "Đề xuất từ chối", "warn"),
    ("refuse_at_intake", "refuse", "Đề xuất từ chối", "warn"),
    ("refuse_unanswered", "refuse", "Đề xuất từ chối: quá hạn bổ sung", "warn"),
)
"""Transition, page, words, kind; in the order of the page."""


def offers(dossier: Dossier, *, officer: OfficerActor, computed: list[Computed]) -> list[Offer]:
    """The actions open to this officer on this dossier now; empty when the step is somebody else's."""
    if not may_work_on(dossier, viewer=officer):
        return []
    stage, matter = stage_of(dossier), bool(effect_of(dossier))
    found = [_to_approve(dossier)] if matter and dossier.state in OPEN else []
    return found + [
        Offer(
            page,
            _label(page, words, computed),
            reverse(f"officer:{page}", kwargs={"dossier_id": dossier.pk}),
            "" if matter and kind == "go" else kind,
        )
        for action, page, words, kind in OFFERS
        if possible(action, dossier, stage=stage)
        and not (matter and page == "grant")
        and (action != "refuse_unanswered" or is_unanswered(dossier, on=today()))
    ]


def _to_approve(dossier: Dossier) -> Offer:
    """Organisations' registrations are approved by a delegate on a page of their own."""
    href = reverse("officer:organisation-matter", kwargs={"dossier_id": dossier.pk})
    return Offer("organisation-matter", translate("Kiểm tra và phê duyệt"), href, "go")


def _label(page: str, words: str, computed: list[Computed]) -> str:
    amount = total(computed)
    if page == "grant" and amount is not None:
        return translate("Đề xuất giải quyết {amount}", amount=money(amount))
    return translate(words)

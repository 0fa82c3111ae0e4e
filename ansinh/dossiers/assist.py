"""An officer helps a person at the counter to file online: the officer types, the person confirms (R-193).

The draft is the person's own: begun at the counter, it can be finished at home. The officer reaches it only through the
help given that day, and files it only with the code sent to the person.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder, the_draft
from ansinh.dossiers.models import AssistedDraft, Draft
from ansinh.offices.counters import refuse_paused
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import Account, AccountState, Person, Role
from ansinh.people.queries import citizen
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day

CHANNEL = "counter"


def begin_for(
    person: Person, slug: str, *, actor: OfficerActor, office_code: str, identity_matches: bool, at: datetime
) -> Draft:
    """A draft in the person's name, prefilled like their own.

    Raises NotAllowed (not at this counter), Invalid (`identity-not-compared`), Conflict (`counter-paused`,
    `no-account`).
    """
    if not actor.has(Role.INTAKE, at_office=office_code):
        raise NotAllowed("not-at-counter", "Việc này của cán bộ tiếp nhận tại quầy của cơ quan đã chọn.")
    refuse_paused(office_code, on=local_day(at))
    if not identity_matches:
        raise Invalid(
            "identity-not-compared", "Chưa đối chiếu người với giấy tờ tùy thân. Xin đối chiếu rồi đánh dấu vào ô."
        )
    # The draft is the person's own; the counter sees it once it is written down as assisted.
    with transaction.atomic(), acting_as(actor.label), as_the_house():
        draft = drafts.begin(slug, holder=Holder.of(_citizen(person)), at=at)
        AssistedDraft.objects.create(draft=draft, officer_id=actor.officer_id, office_code=office_code, begun_at=at)
    return draft


def assisted(draft_id: UUID, *, actor: OfficerActor, at: datetime) -> tuple[Draft, Citizen]:
    """The open draft this officer began today at a counter still theirs, and whose it is. Raises NotFound."""
    found = AssistedDraft.objects.filter(draft_id=draft_id, officer_id=actor.officer_id).select_related("draft").first()
    today = found is not None and local_day(found.begun_at) == local_day(at)
    if found is None or not today or not actor.has(Role.INTAKE, at_office=found.office_code):
        raise NotFound(
            "assisted-draft-not-found",
            "Không có bản kê khai giúp này trong hôm nay. Người dân làm tiếp ở trang Hồ sơ của mình, "
            "hoặc xin bắt đầu lại tại quầy.",
        )
    assert found.draft.owner_id is not None
    owner = _citizen(Person.objects.get(pk=found.draft.owner_id))
    return the_draft(draft_id, holder=Holder.of(owner)), owner


def assisted_today(*, actor: OfficerActor, at: datetime) -> list[AssistedDraft]:
    """Drafts this officer began today that are still open, the last first."""
    rows = AssistedDraft.objects.filter(
        officer_id=actor.officer_id, draft__submitted_at__isnull=True, draft__discarded_at__isnull=True
    )
    newest = rows.select_related("draft__account").order_by("-begun_at")[:50]
    return [one for one in newest if local_day(one.begun_at) == local_day(at)]


def _citizen(person: Person) -> Citizen:
    account = Account.objects.filter(person=person, state=AccountState.ACTIVE).first()
    owner = citizen(account) if account else None
    if owner is None:
        raise Conflict(
            "no-account",
            "Người này chưa có tài khoản đang dùng. Xin giúp đăng ký và hoàn tất đăng ký tại quầy trước.",
        )
    return owner

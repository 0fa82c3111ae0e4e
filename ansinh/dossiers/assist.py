"""An officer helps a person at the counter to file online: the officer types, the person confirms (R-193).

The draft is the person's own: begun at the counter, it can be finished at home. The officer reaches it only through the
help given that day, and files it only with the code sent to the person, or with the printed page that the person signed
by hand. Whoever has no account files all the same: the dossier stands in the account they register later.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder, the_draft
from ansinh.dossiers.models import AssistedDraft, Dossier, Draft
from ansinh.law.names import search_key
from ansinh.offices.counters import refuse_paused
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.at_counter import PaperIdentity, holding_account, person_of_paper
from ansinh.people.models import Account, AccountState, Person, Role
from ansinh.people.queries import citizen
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.registry.models import InsuredPerson

CHANNEL = "counter"


def begin_for(
    person: Person | PaperIdentity, slug: str, *, actor: OfficerActor, office_code: str, identity_matches: bool,
    at: datetime,
) -> Draft:  # fmt: skip
    """A draft in the person's name, prefilled like their own; of somebody unknown, as the identity paper says.

    Raises NotAllowed (not at this counter), Invalid (`identity-not-compared`, `paper-incomplete`), Conflict
    (`counter-paused`, `person-died`).
    """
    if not actor.has(Role.INTAKE, at_office=office_code):
        raise NotAllowed("not-at-counter", "Việc này của cán bộ tiếp nhận tại quầy của cơ quan đã chọn.")
    refuse_paused(office_code, on=local_day(at))
    if not identity_matches:
        raise Invalid(
            "identity-not-compared", "Chưa đối chiếu người với giấy tờ tùy thân. Xin đối chiếu rồi đánh dấu vào ô."
        )
    return _begin(person, slug, actor=actor, office_code=office_code, at=at)


def begin_from_post(
    person: Person | PaperIdentity, slug: str, *, actor: OfficerActor, office_code: str, incoming_id: UUID,
    at: datetime,
) -> Draft:  # fmt: skip
    """A draft typed from a signed paper form that came by post; a closed counter takes the post all the same (R-142).

    Raises NotAllowed, Invalid (`paper-incomplete`), Conflict (`person-died`).
    """
    if not actor.has(Role.INTAKE, at_office=office_code):
        raise NotAllowed("not-at-counter", "Việc này của cán bộ tiếp nhận tại quầy của cơ quan đã chọn.")
    return _begin(person, slug, actor=actor, office_code=office_code, at=at, incoming_id=incoming_id)


def _begin(
    person: Person | PaperIdentity, slug: str, *, actor: OfficerActor, office_code: str, at: datetime,
    incoming_id: UUID | None = None,
) -> Draft:  # fmt: skip
    # The draft is the person's own; the counter sees it once it is written down as assisted.
    with transaction.atomic(), acting_as(actor.label), as_the_house():
        AssistedDraft.objects.filter(incoming_id=incoming_id).exclude(incoming_id=None).update(incoming_id=None)
        if isinstance(person, PaperIdentity):
            person = person_of_paper(person, si_number=_si_number(person), at=at)
        if person.died_on is not None:
            raise Conflict("person-died", "Người này đã được ghi là đã mất. Xin xem lại số đã nhập.")
        owner = _with_account(person) or Citizen(holding_account(person, at=at).pk, person.pk, person.full_name)
        draft = drafts.begin(slug, holder=Holder.of(owner), at=at)
        AssistedDraft.objects.create(
            draft=draft, officer_id=actor.officer_id, office_code=office_code, begun_at=at, incoming_id=incoming_id
        )
    return draft


def assisted(draft_id: UUID, *, actor: OfficerActor, at: datetime) -> tuple[Draft, Citizen]:
    """The open draft this officer began today at a counter still theirs, and whose it is. Raises NotFound."""
    found = _assist_of(actor, at=at, draft_id=draft_id)
    owner = _owner_of(found.draft)
    return the_draft(draft_id, holder=Holder.of(owner)), owner


def filed_today(draft_id: UUID, *, actor: OfficerActor, at: datetime) -> Dossier | None:
    """The dossier that became of it, for the officer who typed it, wherever it went; None yet. Raises NotFound."""
    found = _assist_of(actor, at=at, draft_id=draft_id)
    with as_the_house():  # filed for any office: the counter that typed it gives the receipt
        return Dossier.objects.filter(draft_id=found.draft_id).first()


def typed_from(draft_id: UUID, *, actor: OfficerActor, at: datetime) -> UUID | None:
    """The postal item this draft is typed from, or None: the person is here. Raises NotFound."""
    return _assist_of(actor, at=at, draft_id=draft_id).incoming_id


def _assist_of(actor: OfficerActor, *, at: datetime, draft_id: UUID) -> AssistedDraft:
    found = AssistedDraft.objects.filter(draft_id=draft_id, officer_id=actor.officer_id).select_related("draft").first()
    today = found is not None and local_day(found.begun_at) == local_day(at)
    if found is None or not today or not actor.has(Role.INTAKE, at_office=found.office_code):
        raise _not_found()
    return found


def _not_found() -> NotFound:
    return NotFound(
        "assisted-draft-not-found",
        "Không có bản kê khai giúp này trong hôm nay. Người dân làm tiếp ở trang Hồ sơ của mình, "
        "hoặc xin bắt đầu lại tại quầy.",
    )


def office_of(draft_id: UUID, *, actor: OfficerActor, at: datetime) -> str:
    """The counter at which this draft is typed. Raises NotFound."""
    return _assist_of(actor, at=at, draft_id=draft_id).office_code


def assisted_today(*, actor: OfficerActor, at: datetime) -> list[AssistedDraft]:
    """Drafts this officer began today that are still open, the last first."""
    rows = AssistedDraft.objects.filter(
        officer_id=actor.officer_id, draft__submitted_at__isnull=True, draft__discarded_at__isnull=True
    )
    newest = rows.select_related("draft__account").order_by("-begun_at")[:50]
    return [one for one in newest if local_day(one.begun_at) == local_day(at)]


def _with_account(person: Person) -> Citizen | None:
    account = Account.objects.filter(person=person, state=AccountState.ACTIVE).first()
    return citizen(account) if account else None


def _owner_of(draft: Draft) -> Citizen:
    """As the draft was begun: with the person's account, or with one that only holds the papers."""
    assert draft.owner_id is not None and draft.account_id is not None
    person = Person.objects.get(pk=draft.owner_id)
    account = Account.objects.get(pk=draft.account_id)
    own = citizen(account) if account.person_id == person.pk else None
    if account.person_id is not None and own is None:
        raise Conflict("no-account", "Tài khoản của người này vừa bị khóa. Xin bắt đầu lại tại quầy.")
    return own or Citizen(account.pk, person.pk, person.full_name)


def _si_number(identity: PaperIdentity) -> str:
    """The number in the registry of whoever has this personal number, name and birthday; empty unless all agree."""
    rows = InsuredPerson.objects.filter(
        personal_id_number="".join(identity.number.split()), search_key=search_key(identity.full_name),
        date_of_birth=identity.born,
    )  # fmt: skip
    found = rows.first()
    taken = found is not None and Person.objects.filter(si_number=found.pk).exists()
    return found.pk if found is not None and not taken else ""

"""When this happens, that follows: every reaction of the system, on one page.

Listeners run in the transaction of what happened; slow work is deferred to the queue by name.
"""

from __future__ import annotations

from ansinh.casework.clock import set_due
from ansinh.casework.happened import DossierMoved
from ansinh.casework.issuing.act import take_along
from ansinh.casework.money.paid_out import tell_paid, tell_returned
from ansinh.casework.money.waiting import ask_for_payment, give_back, go_on
from ansinh.casework.named import TELL_NAMED, code_for_named, may_name_others
from ansinh.casework.receipt import AFTER_SUBMISSION
from ansinh.casework.supplement_letter import SUPPLEMENT_LETTER
from ansinh.casework.tell import tell, tell_account
from ansinh.dossiers.happened import DossierSubmitted, DossierWithdrawn, SupplementReceived
from ansinh.dossiers.models import Dossier
from ansinh.notifications.events import MessageDelivered, MessageFailed, MessageHandedOver
from ansinh.notifications.notify import notify, send_account_exists_hint, send_code
from ansinh.offices.queries import office
from ansinh.payments.happened import OrderPaid, OrderReturned
from ansinh.people.doors.sessions import end_all
from ansinh.people.happened import (
    ActingChanged,
    DoorChanged,
    ExportMade,
    GlassBroken,
    IdentityLinked,
    IdentityUnlinked,
    NewDeviceSignedIn,
    OfficerEnrolled,
    OpeningJudged,
    OrganisationStaffTold,
    PasswordChanged,
    PasswordLocked,
    ProtectionMoved,
    RecoveryApproved,
    RecoveryDone,
    RecoveryOpened,
    RequestMoved,
    RightsChanged,
)
from ansinh.people.models import Account, DataRequest
from ansinh.people.one_time_codes import CodeIssued, CodeWithheld, record_delivered, record_failed, record_handed_over
from ansinh.platform.events import listen
from ansinh.platform.queue import defer
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.post.happened import OutgoingMoved
from ansinh.proof.guard import refuse_when_unsealed
from ansinh.registry.bank_accounts.happened import BankAccountChangeAsked, BankAccountChangeEnded
from ansinh.registry.bank_accounts.tell import tell_asked, tell_ended
from ansinh.registry.card_checks.happened import CardChecked
from ansinh.registry.card_checks.tell import accounts_of


@listen(DossierSubmitted)
def ask_for_what_is_to_be_paid(happened: DossierSubmitted) -> None:
    """A dossier that is paid for first waits for its money."""
    ask_for_payment(happened.dossier_id, version_id=happened.version_id, at=happened.at)


@listen(DossierSubmitted)
def make_the_receipt_and_tell(happened: DossierSubmitted) -> None:
    """The receipt and the first notice are made by a worker, so that submission stays short."""
    defer(AFTER_SUBMISSION, dossier_id=str(happened.dossier_id))


@listen(SupplementReceived)
def go_on_with_the_clock(happened: SupplementReceived) -> None:
    """The supplement is complete: a new due date is derived and told."""
    dossier = Dossier.objects.select_for_update().get(pk=happened.dossier_id)
    set_due(dossier)
    dossier.save(update_fields=["due_on", "results_due"])
    tell(dossier, "supplement_received", new_due=dossier.due_on.isoformat() if dossier.due_on else None, at=happened.at)


@listen(DossierWithdrawn)
def tell_withdrawn(happened: DossierWithdrawn) -> None:
    """The applicant is told, in case somebody else pressed the button."""
    tell(Dossier.objects.get(pk=happened.dossier_id), "withdrawn", at=happened.at)
    give_back(happened.dossier_id, at=happened.at)


@listen(DossierMoved)
def tell_the_applicant(happened: DossierMoved) -> None:
    """Every move of the office is told (R-129); a supplement request also gets its letter."""
    dossier = Dossier.objects.select_related("account").get(pk=happened.dossier_id)
    tell(dossier, happened.code, at=happened.at, **happened.facts)
    if happened.code == "supplement_requested":
        defer(SUPPLEMENT_LETTER, dossier_id=str(happened.dossier_id))
    if happened.code == "refused":
        give_back(happened.dossier_id, at=happened.at)
    if (said := code_for_named(dossier, happened.code)) and may_name_others(dossier):
        defer(TELL_NAMED, dossier_id=str(happened.dossier_id), code=said)


@listen(OrderPaid)
def go_on_with_what_was_paid(happened: OrderPaid) -> None:
    """The dossier that waited for this money goes on; of money that left the person hears."""
    if happened.direction == "in":
        go_on(happened.order_id, at=happened.at)
    else:
        tell_paid(happened.order_id, at=happened.at)


@listen(OrderReturned)
def tell_the_payment_came_back(happened: OrderReturned) -> None:
    """The person mends the account, or comes for cash."""
    tell_returned(happened.order_id, at=happened.at)


@listen(OutgoingMoved)
@as_the_house()  # the dossier may lie at another office than the item
def follow_the_post(happened: OutgoingMoved) -> None:
    """Cards and books go with their envelope; the applicant hears that it left, or came back and asks where to."""
    take_along(happened.item_id, happened.state, officer_id=happened.officer_id, at=happened.at)
    dossier = Dossier.objects.get(pk=happened.dossier_id)
    tell(dossier, f"post_{happened.state}", at=happened.at, tracking=happened.tracking_number)


@listen(PasswordChanged)
def tell_password_changed(happened: PasswordChanged) -> None:
    """The holder learns of a new password."""
    tell_account(happened.account_id, "password_changed", at=happened.at)


@listen(CardChecked)
def tell_that_the_card_was_checked(happened: CardChecked) -> None:
    """The person learns which facility was shown what the register holds of the card."""
    for account in accounts_of(happened.si_number):
        tell_account(account.pk, "card_checked", at=happened.at, organisation=happened.facility)


@listen(BankAccountChangeAsked)
def tell_a_change_of_the_paid_account(happened: BankAccountChangeAsked) -> None:
    """Contacts of today and of before learn of it, with the code that stops it."""
    tell_asked(happened.change_id, freeze_code=happened.freeze_code, at=happened.at)


@listen(BankAccountChangeEnded)
def tell_what_became_of_it(happened: BankAccountChangeEnded) -> None:
    """The same contacts learn how it ended."""
    tell_ended(happened.change_id, at=happened.at)


@listen(RightsChanged)
def end_what_was_open(happened: RightsChanged) -> None:
    """Rights of yesterday are not carried on in a session of yesterday."""
    end_all(happened.account_id, at=happened.at)


@listen(OfficerEnrolled)
def tell_the_new_officer(happened: OfficerEnrolled) -> None:
    """The invitation: it names the staff code, never a password, which the officer chooses."""
    name = office(happened.office_code).name_vi
    tell_account(
        happened.account_id, "officer_enrolled", office=name, staff_code=happened.staff_code, at=happened.at
    )  # fmt: skip


@listen(NewDeviceSignedIn)
def tell_new_device(happened: NewDeviceSignedIn) -> None:
    """The holder learns of a browser that was never used before."""
    tell_account(happened.account_id, "new_device", at=happened.at, device=happened.device or None)


@listen(DoorChanged)
def tell_door_changed(happened: DoorChanged) -> None:
    """The holder learns of every way in that was added, removed or used up."""
    tell_account(happened.account_id, happened.what, at=happened.at)


@listen(PasswordLocked)
def tell_password_locked(happened: PasswordLocked) -> None:
    """An officer learns that somebody tried too many passwords."""
    tell_account(happened.account_id, "password_locked", at=happened.at)


@listen(ActingChanged)
def tell_acting_changed(happened: ActingChanged) -> None:
    """Both sides learn when a right to act for somebody begins, stops or ends."""
    for account_id in happened.account_ids:
        tell_account(account_id, happened.code, at=happened.at, **happened.facts)


@listen(IdentityLinked)
def tell_identity_linked(happened: IdentityLinked) -> None:
    """The holder learns of a new way in, by the contacts the account had before."""
    tell_account(happened.account_id, "identity_linked", provider=happened.provider, at=happened.at)


@listen(IdentityUnlinked)
def tell_identity_unlinked(happened: IdentityUnlinked) -> None:
    """The holder learns that a way in is gone."""
    tell_account(happened.account_id, "identity_unlinked", provider=happened.provider, at=happened.at)


@listen(RecoveryOpened)
def tell_how_to_stop_a_recovery(happened: RecoveryOpened) -> None:
    """Whoever holds the present telephone or mailbox can stop it."""
    name = office(happened.office_code).name_vi
    tell_account(
        happened.account_id, "recovery_opened", office=name, stop_code=happened.stop_code, at=happened.at
    )  # fmt: skip


@listen(RecoveryApproved)
def stand_on_a_sealed_log(happened: RecoveryApproved) -> None:
    """The refusal undoes the approval: nobody is let into an account without a record that cannot be rewritten."""
    refuse_when_unsealed()


@listen(RecoveryDone)
def tell_the_old_contacts(happened: RecoveryDone) -> None:
    """The old telephone and mailbox learn that they were replaced, and how to freeze the account."""
    notify(
        account_id=happened.account_id,
        phone=happened.old_phone,
        email=happened.old_email,
        dossier_id=None,
        dossier_number="",
        code="recovery_done",
        facts={"stop_code": happened.stop_code, "at": happened.at.isoformat()},
        at=happened.at,
    )
    tell_account(happened.account_id, "password_changed", at=happened.at)


@listen(OrganisationStaffTold)
def tell_the_staff(happened: OrganisationStaffTold) -> None:
    """Who was invited, has other roles or works there no more hears of it."""
    tell_account(happened.account_id, happened.code, at=happened.at, organisation=happened.organisation)


@listen(CodeIssued)
def carry_the_code(happened: CodeIssued) -> None:
    """A one-time code travels as a message."""
    send_code(
        message_id=happened.message_id,
        channel=happened.channel,
        recipient=happened.recipient,
        purpose=happened.purpose,
        code=happened.code,
        about=happened.about,
        minutes=happened.minutes,
        account_id=happened.account_id,
        at=happened.at,
    )


@listen(CodeWithheld)
def hint_at_the_account(happened: CodeWithheld) -> None:
    """In place of a code the owner of the account is told."""
    if happened.account_id is not None:
        send_account_exists_hint(
            message_id=happened.message_id,
            channel=happened.channel,
            recipient=happened.recipient,
            account_id=happened.account_id,
            at=happened.at,
        )


@listen(MessageHandedOver)
def code_handed_over(happened: MessageHandedOver) -> None:
    """The life of a code counts from its hand-over."""
    record_handed_over(message_id=happened.message_id, at=happened.at)


@listen(MessageDelivered)
def code_delivered(happened: MessageDelivered) -> None:
    """The page of the code says that it arrived."""
    record_delivered(message_id=happened.message_id, at=happened.at)


@listen(MessageFailed)
def code_failed(happened: MessageFailed) -> None:
    """The page of the code says that it did not arrive, and why."""
    record_failed(message_id=happened.message_id, reason=happened.reason, at=happened.at)


@listen(GlassBroken)
def tell_the_glass_was_broken(happened: GlassBroken) -> None:
    """The owner of the dossier learns at once who opened it and that somebody else will judge it."""
    tell(Dossier.objects.get(pk=happened.dossier_id), "glass_broken", at=happened.at)


@listen(OpeningJudged)
def tell_the_judgement(happened: OpeningJudged) -> None:
    """The owner learns what the second person said."""
    code = "opening_justified" if happened.justified else "opening_unjustified"
    tell(Dossier.objects.get(pk=happened.dossier_id), code, at=happened.at)


@listen(RequestMoved)
def tell_about_the_request(happened: RequestMoved) -> None:
    """Who asked about personal data hears of every step, with the day of the answer."""
    request = DataRequest.objects.get(pk=happened.request_id)
    facts = {"due": request.due_on.isoformat(), "reason": request.extension_reason or None}
    tell_account(request.account_id, happened.code, at=happened.at, **facts)


@listen(ProtectionMoved)
def tell_the_protected_person(happened: ProtectionMoved) -> None:
    """Whoever has an account hears that the own matters are guarded, or no more."""
    for account_id in Account.objects.filter(person_id=happened.subject_id).values_list("pk", flat=True):
        tell_account(account_id, happened.code, at=happened.at)


@listen(ExportMade)
def tell_the_copy_is_ready(happened: ExportMade) -> None:
    """Who asked for a copy can download it now."""
    tell_account(happened.account_id, "export_ready", at=happened.at, until=happened.ends_at.isoformat())

"""Two people with a row of each in every table that holds persons."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from ansinh.casework.models import (
    AppliedEffect,
    BatchPress,
    BatchRow,
    Blank,
    CancellationProposal,
    CaseAssignment,
    Confirmation,
    Decision,
    DossierLink,
    DuplicateVerdict,
    EffectReversal,
    InternalNote,
    IssueItem,
    JointPaper,
    RegistrationCheck,
    Reopening,
)
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.models import Dossier, IdempotencyKey, SupplementItem, SupplementRequest
from ansinh.law.names import search_key
from ansinh.notifications.models import Message, MessageEvent, Notice, SendCounter
from ansinh.payments.claims import EXPECTED, TO_RECOVER
from ansinh.payments.ledger import Matter, book, transfer
from ansinh.people.actors import Citizen, System
from ansinh.people.models import AccessToken, OneTimeCode, Person, SignInAttempt
from ansinh.platform.identifiers import uuid7
from ansinh.registry.models import (
    BookEntry,
    CardChange,
    Certificate,
    ContributionPayment,
    ContributionPeriod,
    ContributionSupport,
    Entitlement,
    EntitlementChange,
    InsuredPerson,
    IssuedNumber,
    LeaveSpell,
    ParticipationChange,
    PersonalDataChange,
    RecoveryCancellation,
    RecoveryClaim,
    UnpaidBenefit,
)
from ansinh.signing.evidence import record_signed
from ansinh.signing.models import Format, Way
from ansinh.signing.offers.make import make_offer
from tests.post.items import posted_both_ways
from tests.walls.matters import matters_of
from tests.world import FILED_AT, LOCAL_OFFICE, LONG_AGO, World, a_draft, a_submitted_dossier, an_account

NEIGHBOUR_ID, NEIGHBOUR_SI = "090080000011", "9000000034"


def a_neighbour() -> Citizen:
    """Another citizen with an account and a record in the registry."""
    name = "Hà Văn Bình"
    person = Person.objects.create(
        full_name=name, search_key=search_key(name), date_of_birth="1980-01-01", sex="male", phone="84905000111",
        personal_id_number=NEIGHBOUR_ID, si_number=NEIGHBOUR_SI, updated_at=LONG_AGO,
    )  # fmt: skip
    account = an_account(NEIGHBOUR_ID, name, person=person, phone="84905000111")
    InsuredPerson.objects.create(
        si_number=NEIGHBOUR_SI, full_name=name, search_key=search_key(name), date_of_birth="1980-01-01", sex="male",
        personal_id_number=NEIGHBOUR_ID, managing_office=LOCAL_OFFICE, updated_on=date(2026, 1, 1),
    )  # fmt: skip
    return Citizen(account_id=account.pk, person_id=person.pk, name=name)


def filled(world: World, citizen: Citizen) -> Dossier:
    """A row of this citizen in every table that holds persons; answers the dossier they hang on."""
    person = Person.objects.get(pk=citizen.person_id)
    own = replace(world, citizen=citizen)
    facts: dict[str, Any] = {"si_number": person.si_number, "full_name": person.full_name, "phone": person.phone}
    a_draft(own, **facts)
    dossier = a_submitted_dossier(own, **facts)
    _signed(dossier, citizen)
    _worked_on(dossier, world)
    _told(dossier, citizen)
    _at_the_door(citizen)
    _insured(person.si_number, dossier)
    matters_of(world, citizen, dossier)
    return dossier


def _signed(dossier: Dossier, citizen: Citizen) -> None:
    offer = make_offer(
        b"%PDF-1.7\n%%EOF\n", account_id=citizen.account_id, subject=dossier.draft_id, digest=dossier.digest,
        document_format=Format.PDF, at=FILED_AT,
    )  # fmt: skip
    evidence = record_signed(
        offer, way=Way.UPLOAD, text_shown="x", document_sha256=offer.sha256, document_size=offer.size,
        certificate_sha256="0" * 64, report={"signer": "x"}, confirmed_at=FILED_AT, device="",
    )  # fmt: skip
    Dossier.objects.filter(pk=dossier.pk).update(evidence_id=evidence.pk)
    IdempotencyKey.objects.create(
        actor=citizen.label, key="một lần", request_digest="0" * 64, dossier_id=dossier.pk, created_at=FILED_AT,
        seen_at=FILED_AT,
    )  # fmt: skip


def _worked_on(dossier: Dossier, world: World) -> None:
    officer = world["specialist"].officer_id
    with transaction.atomic():  # a request without its items is refused when the transaction ends
        asked = SupplementRequest.objects.create(
            dossier=dossier, round=1, asked_at=FILED_AT, asked_by_id=officer, answer_by=date(2026, 11, 20)
        )
        SupplementItem.objects.create(
            request=asked, target_kind="field", target="phone", reason_code="x", clause="x", wrong="thiếu một số",
            good="đủ mười số",
        )  # fmt: skip
    decided = Decision.objects.create(dossier=dossier, kind="grant", proposed_by_id=officer, proposed_at=FILED_AT)
    JointPaper.objects.create(dossier=dossier, decision=decided, sha256="0" * 64, offered_at=FILED_AT)
    effect = AppliedEffect.objects.create(
        dossier=dossier, decision=decided, key="x", does="x", inputs={"x": "x"}, says_vi="x", says_en="x", at=FILED_AT
    )
    _decided_again(dossier, decided, effect)
    item = IssueItem.objects.create(
        dossier=dossier, effect=effect, kind="card", si_number=dossier.si_number, person_name="x",
        office_code=LOCAL_OFFICE, by_post=False, ordered_at=FILED_AT,
    )  # fmt: skip
    Blank.objects.create(
        kind="card", serial=uuid7().hex[-12:], office_code=LOCAL_OFFICE, item=item, used_at=FILED_AT, used_by_id=officer
    )
    RegistrationCheck.objects.create(
        dossier=dossier, office_code=LOCAL_OFFICE, verified_by_id=officer, verified_at=FILED_AT
    )
    CaseAssignment.objects.create(
        dossier=dossier, office_code=LOCAL_OFFICE, role="benefit_officer", officer_id=officer, by="fair",
        assigned_at=FILED_AT,
    )  # fmt: skip
    other = Dossier.objects.exclude(pk=dossier.pk).first() or a_submitted_dossier(
        world, at=FILED_AT + timedelta(hours=1)
    )
    InternalNote.objects.create(dossier=dossier, office_code=LOCAL_OFFICE, officer_id=officer, text="x", at=FILED_AT)
    belongs = {"dossier": dossier, "other": other, "other_number": other.number}
    DossierLink.objects.create(**belongs, kind="follows", linked_by_id=officer, linked_at=FILED_AT)
    DuplicateVerdict.objects.create(**belongs, verdict="different", reason="x", officer_id=officer, at=FILED_AT)
    press = BatchPress.objects.create(officer_id=officer, act="accept", made_at=FILED_AT)
    BatchRow.objects.create(press=press, position=0, dossier=dossier)
    issue_document(dossier, b"%PDF-1.7\n%%EOF\n", kind="decision", title="x", at=FILED_AT)
    posted_both_ways(dossier, world)


def _decided_again(dossier: Dossier, decided: Decision, effect: AppliedEffect) -> None:
    """Rows of a dossier that was opened again, beside one that never was closed: the guards stand aside."""
    guards = (
        ("casework_reopening", "casework_reopening_allowed"),
        ("casework_effectreversal", "casework_reversal_of_replaced"),
        ("casework_confirmation", "casework_confirmation_allowed"),
    )
    officer = decided.proposed_by_id
    assert officer is not None
    with _aside(*guards):
        reopened = Reopening.objects.create(
            dossier=dossier, round=2, at=FILED_AT, ground="mistake", ground_vi="x", ground_en="x", basis_vi="x",
            quality="x", why="x", limit_value=5, limit_unit="working_day", decision=decided, earlier_result="granted",
            earlier_closed_at=FILED_AT, earlier_was_late=False, decided_by_id=officer, office_code=dossier.office_code,
            decided_title="x",
        )  # fmt: skip
        Confirmation.objects.create(
            reopening=reopened, dossier=dossier, at=FILED_AT, why="x", decided_by_id=officer, decided_title="x"
        )
        EffectReversal.objects.create(
            effect=effect, dossier=dossier, says_vi="x", says_en="x", document="x", officer_id=officer, at=FILED_AT
        )


def _told(dossier: Dossier, citizen: Citizen) -> None:
    own = {"account_id": citizen.account_id, "dossier_id": dossier.pk, "created_at": FILED_AT}
    message = Message.objects.create(
        channel="sms", recipient="84905000111", body="x", purpose="x", idempotency=uuid7().hex,
        expires_at=FILED_AT + timedelta(days=1), **own,
    )  # fmt: skip
    MessageEvent.objects.create(message=message, kind="queued", at=FILED_AT)
    Notice.objects.create(
        code="x", title_vi="x", title_en="x", body_vi="x", body_en="x", idempotency=uuid7().hex, **own
    )
    SendCounter.objects.create(channel="sms", recipient=str(citizen.account_id), day=FILED_AT.date(), used=1)


def _at_the_door(citizen: Citizen) -> None:
    AccessToken.objects.create(
        digest=uuid7().hex, account_id=citizen.account_id, created_at=FILED_AT, expires_at=FILED_AT
    )
    SignInAttempt.objects.create(login_key=uuid7().hex, network="203.0.113.7", at=FILED_AT)
    OneTimeCode.objects.create(
        purpose="sign_in", account_id=citizen.account_id, channel="sms", recipient="84905000111",
        session_key=uuid7().hex, code_hash="0" * 64, issued_at=FILED_AT, last_sent_at=FILED_AT,
        expires_at=FILED_AT + timedelta(minutes=10),
    )  # fmt: skip


def _recorded(si_number: str, dossier: Dossier) -> None:
    entry = {"insured_id": si_number, "dossier_id": dossier.pk, "made_at": FILED_AT}
    month, day = date(2026, 1, 1), date(2026, 3, 5)
    CardChange.objects.create(kind="ended", valid_to=day, reason="x", **entry)
    BookEntry.objects.create(kind="issued", on=day, **entry)
    ParticipationChange.objects.create(fund="health", kind="started", from_month=month, **entry)
    ContributionPayment.objects.create(fund="health", from_month=month, to_month=month, **entry)
    LeaveSpell.objects.create(kind="sickness", from_day=day, to_day=day, **entry)
    PersonalDataChange.objects.create(field="phone", old="x", new="y", **entry)
    claim = RecoveryClaim.objects.create(amount=1, why="x", **entry)
    sides = transfer(debit=EXPECTED, credit=TO_RECOVER, amount=claim.amount)
    book(
        f"claim:{claim.pk}:cancelled", sides, kind="x", matter=Matter(LOCAL_OFFICE), actor=System(), at=FILED_AT
    )  # fmt: skip
    RecoveryCancellation.objects.create(claim=claim, why="x", cancelled_by="system", cancelled_by_name="x", **entry)
    _to_be_cancelled(claim, dossier)
    Certificate.objects.create(kind="x", number="x", **entry)
    IssuedNumber.objects.create(personal_id_number=f"09{si_number}", source="x", **entry)


def _to_be_cancelled(claim: RecoveryClaim, dossier: Dossier) -> None:
    """A proposal beside a dossier that is open: the guard stands aside."""
    officer = dossier.decisions.get().proposed_by_id
    assert officer is not None
    with _aside(("casework_cancellationproposal", "casework_cancellation_allowed")):
        CancellationProposal.objects.create(
            dossier=dossier, claim=claim, ground="x", ground_vi="x", ground_en="x", basis_vi="x", quality="x", why="x",
            proposed_by_id=officer, proposed_at=FILED_AT,
        )  # fmt: skip


@contextmanager
def _aside(*guards: tuple[str, str]) -> Iterator[None]:
    """Without these triggers (table, trigger); what is deferred is checked before they are back."""
    with connection.cursor() as cursor:
        for table, trigger in guards:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table, trigger in guards:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


def _insured(si_number: str, dossier: Dossier) -> None:
    months = {"insured_id": si_number, "from_month": date(2023, 1, 1), "to_month": date(2023, 6, 1)}
    ContributionPeriod.objects.create(fund="voluntary", salary=3_000_000, **months)
    ContributionSupport.objects.create(group="poor", percent=50, **months)
    paid = Entitlement.objects.create(
        insured_id=si_number, number=f"HS-{si_number}", benefit_type="pension", start_month=date(2026, 1, 1),
        monthly_amount=4_200_000, payment_method="bank_account", paying_office=LOCAL_OFFICE,
    )  # fmt: skip
    UnpaidBenefit.objects.create(
        insured_id=si_number, month=date(2026, 8, 1), amount=4_200_000, why="x", listed_on=date(2026, 8, 10)
    )
    _recorded(si_number, dossier)
    EntitlementChange.objects.create(
        entitlement=paid, kind="stopped", valid_from=date(2026, 9, 1), reason="x", dossier_id=uuid7(), made_at=FILED_AT
    )

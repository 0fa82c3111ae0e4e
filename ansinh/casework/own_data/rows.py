"""Which rows of each table are about a person, and which of their columns are written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import BinaryField, Field, Model, Q, QuerySet

from ansinh.casework.models import ApologyState, CancellationState, DecisionState
from ansinh.people.data_rights.register import Category, categories
from ansinh.people.models import Person
from ansinh.people.models_acting import MandateState
from ansinh.platform.sealed_fields.fields import BlindIndex, SealedField


@dataclass(frozen=True)
class Owner:
    """Whose data: the owner, the SI number that names it in the registry, and the account when it is one's own."""

    owner_id: UUID
    account_id: UUID | None
    si_number: str

    @classmethod
    def of(cls, owner_id: UUID, *, account_id: UUID) -> Owner:
        """An owner as somebody with this account asks; the account is part of it only for oneself."""
        person = Person.objects.filter(pk=owner_id).only("si_number", "account").select_related("account").first()
        own = person is not None and getattr(person, "account", None) is not None and person.account.pk == account_id
        return cls(owner_id, account_id if own else None, person.si_number if person else "")

    @property
    def subjects(self) -> tuple[UUID, ...]:
        """Names of the owner in rows: before a registration was approved, the account stood for the person."""
        return (self.owner_id, self.account_id) if self.account_id else (self.owner_id,)


def _of_dossier(path: str = "dossier__") -> Callable[[Owner], Q]:
    return lambda owner: Q(**{f"{path}owner_id__in": owner.subjects})


def _of_account(column: str = "account_id") -> Callable[[Owner], Q]:
    return lambda owner: Q(**{column: owner.account_id}) if owner.account_id else Q(pk__in=[])


def _of_subject(owner: Owner) -> Q:
    return Q(subject_id__in=owner.subjects)


def _of_insured(path: str = "insured_id") -> Callable[[Owner], Q]:
    return lambda owner: Q(**{path: owner.si_number}) if owner.si_number else Q(pk__in=[])


def _received(owner: Owner) -> Q:
    """A mandate its principal has not confirmed is nothing to the agent yet."""
    return Q(agent_id=owner.owner_id) & ~Q(state=MandateState.PREPARED)


def _of_invited(owner: Owner) -> Q:
    numbers = Person.objects.filter(pk=owner.owner_id).exclude(personal_id_number="").values("personal_id_key")
    return Q(personal_id_key__in=numbers)


OWN: Final[Mapping[str, Callable[[Owner], Q]]] = {
    "people.Person": lambda owner: Q(pk=owner.owner_id),
    "people.Account": _of_account("id"),
    "dossiers.Dossier": _of_dossier(""),
    "dossiers.DossierPaper": _of_dossier(),
    "dossiers.DossierEvent": lambda owner: _of_dossier()(owner) & Q(public=True),
    "dossiers.SupplementRequest": _of_dossier(),
    "dossiers.SupplementItem": _of_dossier("request__dossier__"),
    "dossiers.IssuedDocument": _of_dossier(),
    "casework.Decision": lambda owner: _of_dossier()(owner) & Q(state=DecisionState.SIGNED),
    "casework.Holding": _of_dossier(),
    "casework.RoundProposal": _of_dossier(),
    "casework.DueChange": _of_dossier(),
    "casework.Complaint": _of_dossier(),
    "casework.ComplaintExtension": _of_dossier("complaint__dossier__"),
    "casework.Reopening": _of_dossier(),
    "casework.Confirmation": _of_dossier(),
    "casework.CancellationProposal": lambda owner: _of_dossier()(owner) & Q(state=CancellationState.AGREED),
    "casework.EffectReversal": _of_dossier(),
    "casework.Apology": lambda owner: _of_dossier()(owner) & Q(state=ApologyState.ISSUED),
    "casework.JointPaper": _of_dossier(),
    "casework.RegistrationCheck": _of_dossier(),
    "casework.AppliedEffect": _of_dossier(),
    "casework.IssueItem": _of_dossier(),
    "post.OutgoingItem": _of_dossier(),
    "post.IncomingItem": _of_dossier(),
    "post.IncomingScan": _of_dossier("item__dossier__"),
    "casework.Blank": _of_dossier("item__dossier__"),
    "casework.ToDestroy": _of_dossier(),
    "directives.ProblemReport": _of_account("told_by_id"),
    "people.SignedInSession": _of_account(),
    "people.Passkey": _of_account(),
    "people.LinkedIdentity": _of_account(),
    "people.FormerContact": _of_account(),
    "people.Recovery": _of_account(),
    "people.RecoveryPaper": _of_account("recovery__account_id"),
    "people.Guardianship": lambda owner: Q(child_id=owner.owner_id) | Q(guardian_id=owner.owner_id),
    "people.Mandate": lambda owner: Q(principal_id=owner.owner_id) | _received(owner),
    "people.ActingEvent": lambda owner: Q(owner_id=owner.owner_id),
    "people.Organisation": lambda owner: Q(pk=owner.owner_id),
    "people.StaffMember": _of_account(),
    "people.StaffInvitation": _of_invited,
    "people.OrganisationEvent": lambda owner: Q(organisation_id=owner.owner_id),
    "dossiers.Draft": lambda owner: Q(owner_id=owner.owner_id, submitted_at=None, discarded_at=None),
    "dossiers.DraftPaper": lambda owner: Q(draft__owner_id=owner.owner_id, draft__submitted_at=None),
    "dossiers.AssistedDraft": lambda owner: Q(draft__owner_id=owner.owner_id, draft__submitted_at=None),
    "dossiers.IdempotencyKey": lambda owner: Q(actor=f"account:{owner.account_id}"),
    "files.Paper": _of_account("owner_id"),
    "files.StoredFile": _of_account("papers__owner_id"),
    "registry.InsuredPerson": _of_insured("pk"),
    "registry.ContributionPeriod": _of_insured(),
    "registry.ContributionSupport": _of_insured(),
    "registry.Entitlement": _of_insured(),
    "registry.CardCheck": lambda owner: Q(si_number=owner.si_number) if owner.si_number else Q(pk__in=[]),
    "registry.UnpaidBenefit": _of_insured(),
    "registry.EntitlementChange": _of_insured("entitlement__insured_id"),
    "registry.BookEntry": _of_insured(),
    "registry.IssuedNumber": _of_insured(),
    "registry.CardChange": _of_insured(),
    "registry.Certificate": _of_insured(),
    "registry.ContributionPayment": _of_insured(),
    "registry.LeaveSpell": _of_insured(),
    "registry.ParticipationChange": _of_insured(),
    "registry.PersonalDataChange": _of_insured(),
    "registry.RecoveryClaim": _of_insured(),
    "registry.RecoveryCancellation": _of_insured(),
    "registry.BankAccountChange": lambda owner: Q(person_id=owner.owner_id),
    "payments.Order": lambda owner: Q(owner_id=owner.owner_id),
    "payments.OrderEvent": lambda owner: Q(order__owner_id=owner.owner_id),
    "payments.BankNotice": lambda owner: Q(order__owner_id=owner.owner_id),
    "payments.Batch": lambda owner: Q(pk__in=[]),
    "payments.CashPayment": lambda owner: Q(order__owner_id=owner.owner_id),
    "payments.CashCount": lambda owner: Q(pk__in=[]),
    "payments.Payroll": lambda owner: Q(pk__in=[]),
    "payments.PayrollLine": lambda owner: Q(owner_id=owner.owner_id),
    "payments.LedgerTransaction": _of_dossier(),
    "payments.LedgerEntry": _of_dossier("booking__dossier__"),
    "notifications.Notice": _of_account(),
    "notifications.Message": _of_account(),
    "notifications.MessageEvent": _of_account("message__account_id"),
    "notifications.SendCounter": lambda owner: Q(pk__in=[]),
    "signing.EvidenceRecord": _of_account(),
    "signing.SigningOffer": _of_account(),
    "people.Reading": _of_subject,
    "people.Opening": _of_subject,
    "people.OpeningReview": lambda owner: Q(opening__subject_id__in=owner.subjects),
    "people.Protection": _of_subject,
    "people.DataRequest": _of_subject,
    "people.ConsentEvent": _of_subject,
    "people.DataExport": _of_account(),
}
"""Table → which of its rows are the owner's. `SendCounter` counts messages by recipient, who may be several people; a
`Batch` is of many people."""

WITHHELD: Final[Mapping[str, frozenset[str]]] = {
    "people.Account": frozenset({"password", "last_login"}),
    "people.Reading": frozenset({"reader_name", "officer", "span_start"}),
    "people.Opening": frozenset({"officer"}),
    "people.OpeningReview": frozenset({"opened_by", "reviewer"}),
    "people.Protection": frozenset({"set_by", "ended_by"}),
    "people.DataRequest": frozenset({"in_hand_by", "answered_by"}),
    "dossiers.Dossier": frozenset({"handler"}),
    "casework.Decision": frozenset({"note", "sent_back_note", "override_reason", "proposed_by", "controlled_by"}),
    "casework.RegistrationCheck": frozenset({"verified_by", "approved_by", "delegation"}),
    "people.SignedInSession": frozenset({"device_digest"}),
    "people.Passkey": frozenset({"sign_count"}),
    "people.Recovery": frozenset(
        {"opened_by", "decided_by", "delegation", "secret_digest", "secret_expires_at", "session_key", "stop_digest"}
        | {"tries_left"}
    ),
    "people.RecoveryPaper": frozenset({"added_by"}),
    "people.Guardianship": frozenset({"ended_by"}),
    "people.Mandate": frozenset({"ended_by"}),
    "people.StaffInvitation": frozenset({"invited_by"}),
    "registry.CardCheck": frozenset({"account", "asked_by"}),
    "registry.BankAccountChange": frozenset({"asked_by", "freeze_hash", "compared_by", "decided_by", "note"}),
    "payments.OrderEvent": frozenset({"actor", "actor_name"}),
    "payments.BankNotice": frozenset({"resolved_by", "note", "body_sha256"}),
    "payments.Batch": frozenset({"prepared_by", "approved_by", "released_by"}),
    "payments.CashPayment": frozenset({"payer", "released_by", "witness", "dropped_because"}),
    "payments.CashCount": frozenset({"counted_by", "witness", "note"}),
    "payments.Payroll": frozenset({"prepared_by", "controlled_by", "released_by"}),
    "payments.PayrollLine": frozenset({"payee", "account_key"}),
    "payments.LedgerTransaction": frozenset({"booked_by", "transaction_number"}),
    "directives.ProblemReport": frozenset({"from_office", "reported_by", "answered_by"}),
    "dossiers.AssistedDraft": frozenset({"officer"}),
    "dossiers.Draft": frozenset({"session_key"}),
    "dossiers.IdempotencyKey": frozenset({"key", "request_digest"}),
    "dossiers.DossierPaper": frozenset({"added_by_officer"}),
    "dossiers.SupplementRequest": frozenset({"asked_by"}),
    "notifications.Message": frozenset({"provider_reference", "idempotency"}),
    "notifications.Notice": frozenset({"idempotency"}),
}
"""Columns left out: secrets, notes of the office among itself, and who of the staff it was (titles stay)."""


@dataclass(frozen=True)
class Held:
    """The owner's rows of one table; `columns` are those written out."""

    table: str
    rows: QuerySet[Model]
    columns: tuple[str, ...]


def held(owner: Owner, category: Category) -> list[Held]:
    """The owner's rows of each table of a category that is copied."""
    return [_held(owner, table) for table in category.tables if category.copied]


def counts(owner: Owner) -> dict[str, int]:
    """How many rows there are about the owner, by category."""
    return {one.key: sum(part.rows.count() for part in held(owner, one)) for one in categories() if one.copied}


def columns_of(table: str) -> tuple[str, ...]:
    """The columns of a table that are written out."""
    fields: list[Field[Any, Any]] = list(apps.get_model(table)._meta.concrete_fields)
    hidden = WITHHELD.get(table, frozenset())
    return tuple(
        field.name for field in fields if field.name not in hidden and not isinstance(field, BinaryField | BlindIndex)
    )


def written_out(part: Held) -> list[dict[str, Any]]:
    """The rows of a table as plain values; sealed ones are opened."""
    model = part.rows.model
    if not any(isinstance(model._meta.get_field(name), SealedField) for name in part.columns):
        return list(part.rows.values(*part.columns))
    columns = {name: model._meta.get_field(name).attname for name in part.columns}  # type: ignore[union-attr]
    return [{name: getattr(row, attribute) for name, attribute in columns.items()} for row in part.rows]


def _held(owner: Owner, table: str) -> Held:
    model: type[Model] = apps.get_model(table)
    rows = model._default_manager.filter(OWN[table](owner)).distinct().order_by("pk")
    return Held(table, rows, columns_of(table))

"""Every address × everybody × GET and POST: who may not pass does not pass, and no address is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as present
from django.db import transaction
from django.http import HttpResponseBase
from django.test import override_settings
from django.urls import reverse
from pytest_django import DjangoDbBlocker, Settings

from ansinh.casework.models import AppliedEffect, BatchPress, Decision, DestructionList, IssueItem
from ansinh.casework.own_data.copy import make
from ansinh.casework.reading import break_glass_of, shown
from ansinh.catalogue.models import Correction, ProcedureVersion
from ansinh.counterparty.timestamps import Temper
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.models import AssistedDraft, Dossier, DossierEvent, Draft
from ansinh.law.names import search_key
from ansinh.payments.models import BankNotice, Batch, CashPayment, Payroll
from ansinh.payments.orders import Purpose, Whose, order_out
from ansinh.people.actors import Citizen, System
from ansinh.people.data_rights.exports import ask_for_copy
from ansinh.people.data_rights.requests import ask
from ansinh.people.models import Account, LinkedIdentity, OrganisationCertificate, Person, Recovery, StaffInvitation
from ansinh.people.readings import PageKind, record
from ansinh.people.readings.openings import why_opened
from ansinh.people.recovery.open_at_counter import add_photo, open_at_counter
from ansinh.people.tokens import give_token
from ansinh.platform.identifiers import uuid7
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.ask import ask_at_counter
from ansinh.signing.evidence import record_signed
from ansinh.signing.models import Format, Way
from ansinh.signing.offers.make import make_offer
from tests.browsers import Client
from tests.directives.rows import a_campaign_of, letters_of
from tests.house.cases import a_complaint, an_opinion
from tests.house.routes import AUDIENCES, EXPECTED, Access, every_route
from tests.people.families import a_child, a_guardian, a_mandate, a_person
from tests.people.officers.rows import rows_of_staff
from tests.post.items import posted_both_ways
from tests.world import (
    FILED_AT,
    ID_NUMBER,
    LOCAL_OFFICE,
    LONG_AGO,
    PASSWORD,
    a_draft,
    a_moment,
    a_paper,
    a_passkey,
    a_registration,
    a_submitted_dossier,
    a_world,
    an_account,
)
from tests.world_organisations import a_mandate as a_transmission
from tests.world_organisations import a_provider, an_organisation, freeze, hired, registration_of
from tests.world_procedures import ALLOWANCE

MONDAY = a_moment(date(2026, 11, 9))
OTHER = "090080000011"
ACTORS = ("anonymous", "citizen", "other citizen", "officer", "leader", "officer of another office")
PASSED = frozenset({200, 201, 204, 302, 400, 405, 409, 415, 422})
OPEN_TO: dict[Access, frozenset[str]] = {
    Access.OPEN: frozenset(ACTORS),
    Access.PROGRAM: frozenset(ACTORS),
    Access.BROWSER: frozenset(),
    Access.PERSON: frozenset({"citizen", "other citizen"}),
    Access.FACILITY: frozenset({"citizen", "other citizen"}),
    Access.TOKEN: frozenset({"citizen", "other citizen"}),
    Access.HOLDER: frozenset(ACTORS) - {"anonymous"},
    Access.OWN_DOOR: frozenset({"citizen"}),
    Access.OWNER: frozenset({"citizen"}),
    Access.TOKEN_OWNER: frozenset({"citizen"}),
    Access.DESK: frozenset({"officer", "leader", "officer of another office"}),
    Access.KEEPER: frozenset({"officer"}),
    Access.MANAGER: frozenset({"leader"}),
    Access.INTAKE: frozenset({"officer", "officer of another office"}),
    Access.DUTY: frozenset({"leader"}),
    Access.CORRECTOR: frozenset(),
    Access.TYPIST: frozenset({"officer"}),
    Access.GIVER: frozenset({"officer"}),
    Access.CASE: frozenset({"officer", "leader"}),
    Access.STAFF: frozenset({"citizen"}),
    Access.MATTER: frozenset({"officer", "leader"}),
    Access.REVIEWER: frozenset({"leader"}),
}
ALSO_PASSED: dict[Access, frozenset[int]] = {
    Access.CASE: frozenset({403}),  # the step belongs to another role
    Access.KEEPER: frozenset({404}),  # the list of another officer
    Access.INTAKE: frozenset({403}),  # approving takes a delegation
    Access.MATTER: frozenset({403}),
    Access.FACILITY: frozenset({403}),  # neither works for a facility
    Access.OPEN: frozenset({404}),  # no such service, no such dossier number
    Access.PROGRAM: frozenset({403, 404}),  # a report without the network's signature, no such procedure
}
UNREAD = frozenset({400, 422})
"""A program's message that could not be read is refused before anything is looked up."""


def test_every_address_is_in_the_table_and_marked_for_whom_it_is() -> None:
    found = dict(every_route())
    assert set(found) == set(EXPECTED)
    marks = {name: getattr(pattern.callback, "audience", None) for name, pattern in found.items()}
    assert marks == {name: AUDIENCES[access] for name, access in EXPECTED.items()}


class House:
    """The invented world with one of everything, and the browsers of five people."""

    def __init__(self) -> None:
        self.world = a_world()
        person = Person.objects.create(
            full_name="Hà Văn Bình", search_key=search_key("Hà Văn Bình"), date_of_birth="1980-01-01", sex="male",
            personal_id_number=OTHER, updated_at=LONG_AGO,
        )  # fmt: skip
        account = an_account(OTHER, "Hà Văn Bình", person=person)
        self.accounts = {
            "anonymous": None,
            "citizen": self.world.citizen.account_id,
            "other citizen": account.pk,
            "officer": self.world["counter"].account_id,
            "leader": self.world["leader"].account_id,
            "officer of another office": self.world["other_counter"].account_id,
        }
        self.cash = _cash(self.world)
        self.draft = a_draft(self.world)
        self.dossier = a_submitted_dossier(self.world)
        self.document = issue_document(self.dossier, b"%PDF-1.7\n%%EOF\n", kind="decision", title="x", at=MONDAY)
        self._sign(self.dossier)
        self.registration = a_registration(self.world)
        self.foreign_draft = Draft.objects.create(
            version=self.draft.version, session_key="another browser", created_at=MONDAY, updated_at=MONDAY
        )
        self.passkey = a_passkey(self.world.citizen.account_id)
        self.paper = a_paper(self.world.citizen, kind="portrait", seed=7)
        self.assisted = a_draft(self.world)
        AssistedDraft.objects.create(
            draft=self.assisted, officer_id=self.world["counter"].officer_id, office_code=LOCAL_OFFICE, begun_at=MONDAY
        )
        self.change = ask_at_counter(
            BankAccount("970436", "0011002233445", "TRAN THI MAI LAN"), person_id=self.world.citizen.person_id,
            actor=self.world["counter"], office_code=LOCAL_OFFICE, identity_matches=True, note="", at=MONDAY,
        )  # fmt: skip
        agent = a_person("090080000029", "Hà Thị Cúc")
        self.mandate = a_mandate(self.world.citizen, agent, at=MONDAY)
        self.guardianship = a_guardian(self.world, a_child(), self.world.citizen, at=MONDAY)
        self.link = LinkedIdentity.objects.create(
            account_id=self.world.citizen.account_id, provider="vneid", issuer="https://sso.example.vn", subject="s",
            by_number=False, linked_at=MONDAY,
        )  # fmt: skip
        self.recovery = self._recovery()
        freeze("dang-ky-gdt-to-chuc")
        self.matter = registration_of(self.world.citizen)
        self._organise()
        self.opening = break_glass_of(
            self.dossier.number, reader=self.world["counter"], legal_ground="person-asks",
            sentence="Người nộp đang ở quầy và yêu cầu xem.", at=MONDAY - timedelta(days=1),
        )  # fmt: skip
        look = (shown(self.dossier), why_opened(self.opening))
        record([look], reader=self.world["counter"], page=PageKind.DOSSIER, at=MONDAY - timedelta(days=1))
        self.listed = DestructionList.objects.create(
            office_code=LOCAL_OFFICE, proposed_by_id=self.world["specialist"].officer_id, proposed_at=MONDAY
        )
        version = ProcedureVersion.objects.get(slug=ALLOWANCE)
        self.correction = Correction.objects.create(
            slug=version.slug, base=version, in_force_from=MONDAY.date(), document="Luật", reason="Đã đối chiếu",
            edits={"deadlines": {}, "fee": 0, "papers": {}}, proposed_by_id=self.world["admin"].officer_id,
            proposed_at=MONDAY,
        )  # fmt: skip
        self.request = ask(
            self.world.citizen,
            kind="correct",
            words="Ngày sinh trên thẻ ghi sai năm.",
            office_code=LOCAL_OFFICE,
            at=MONDAY,
        )
        self.export = ask_for_copy(self.world.citizen, at=MONDAY - timedelta(minutes=1))
        make(self.export.pk, at=MONDAY)
        self.letter, self.attachment, self.delivered, self.told = letters_of(self.world, self.company, at=MONDAY)
        self.campaign_unit = a_campaign_of(self.world, self.company, at=MONDAY)
        self.rows = rows_of_staff(self.world, at=MONDAY)
        self.outgoing, self.incoming, self.scan = posted_both_ways(self.dossier, self.world)
        self._sign_in()

    def _sign_in(self) -> None:
        """Last of all: what a right that changed ends is the session and the tokens of its holder."""
        self.sessions = {name: self.session(account_id) for name, account_id in self.accounts.items()}
        self.tokens = {
            name: give_token(login, PASSWORD, network="203.0.113.7", at=MONDAY)[0]
            for name, login in (("citizen", ID_NUMBER), ("other citizen", OTHER), ("officer", "can-bo-counter"))
        }

    def _organise(self) -> None:
        """The citizen administers a company with a clerk, an open invitation, a certificate and a mandate."""
        company = self.company = an_organisation(valid_from=date(2020, 1, 1))
        roles = ("read", "file", "sign", "pay", "administer")
        self.member = hired(company, self.world.citizen, *roles, valid_from=date(2020, 1, 1))
        self.transmission = a_transmission(company, a_provider())
        self.certificate = OrganisationCertificate.objects.create(
            organisation=company, sha256="ab" * 32, serial="4711", issuer="CA thử", valid_from=LONG_AGO,
            valid_to=MONDAY, known_since=LONG_AGO,
        )  # fmt: skip
        inviting = an_organisation("9999000044", "Công ty Dệt Cửa Lò")
        waiting = {"roles": ["read"], "invited_by": "x", "invited_at": MONDAY, "answer_by": MONDAY.date()}
        self.invitation = StaffInvitation.objects.create(organisation=inviting, personal_id_number=ID_NUMBER, **waiting)

    def _sign(self, dossier: Dossier) -> None:
        """As if the applicant had confirmed it with a signed document."""
        offer = make_offer(
            b"%PDF-1.7\n%%EOF\n", account_id=self.world.citizen.account_id, subject=dossier.draft_id,
            digest=dossier.digest, document_format=Format.PDF, at=MONDAY,
        )  # fmt: skip
        evidence = record_signed(
            offer, way=Way.UPLOAD, text_shown="x", document_sha256=offer.sha256, document_size=offer.size,
            certificate_sha256="0" * 64, report={"signer": "x"}, confirmed_at=MONDAY, device="",
        )  # fmt: skip
        Dossier.objects.filter(pk=dossier.pk).update(evidence_id=evidence.pk)

    def _recovery(self) -> Recovery:
        """Of the other citizen, opened at the counter, with a photograph."""
        account_id = self.accounts["other citizen"]
        assert account_id is not None
        opened = open_at_counter(
            account_id, actor=self.world["counter"], office_code=LOCAL_OFFICE, reason="lost_phone",
            compared=["id_card"], at=MONDAY,
        )  # fmt: skip
        owner = Citizen(account_id=account_id, person_id=account_id, name="Hà Văn Bình")
        self.photo = a_paper(owner, kind="recovery_id_card", seed=9)
        add_photo(opened.pk, actor=self.world["counter"], kind="id_card", paper_id=self.photo.pk, at=MONDAY)
        return opened

    def session(self, account_id: Any) -> str:
        """The session of a browser in which this account signed in; empty for nobody."""
        client = Client()
        if account_id is not None:
            client.enter(Account.objects.get(pk=account_id), factor="totp")
        return client.cookies["sessionid"].value if account_id else ""

    def address(self, name: str, parts: dict[str, Any]) -> str:
        """The address of this name about the things of this house."""
        registration = EXPECTED[name] is Access.INTAKE
        values = {
            "slug": "luong-huu" if name.startswith("public:calculator") else ALLOWANCE,
            "place": 1,
            "kind": "csv",
            "month": "2026-06",
            "draft_id": {Access.BROWSER: self.foreign_draft.pk, Access.TYPIST: self.assisted.pk}.get(
                EXPECTED[name], self.draft.pk
            ),
            "change_id": self.change.pk,
            "list_id": self.listed.pk,
            "correction_id": self.correction.pk,
            "dossier_id": self.registration.pk
            if registration
            else self.matter.pk
            if EXPECTED[name] is Access.MATTER
            else self.dossier.pk,
            "organisation_id": self.company.pk,
            "member_id": self.member.pk,
            "invitation_id": self.invitation.pk,
            "certificate_id": self.certificate.pk,
            "document_id": self.document.pk,
            "paper_id": self.dossier.papers.get().pk if "dossier_id" in parts else self.paper.pk,
            "attached_id": (self.assisted if EXPECTED[name] is Access.TYPIST else self.draft).papers.get().pk,
            "passkey_id": self.passkey.pk,
            "number": "00001/2026/00001" if name == "public:look-up-number" else 1,
            "key": "birth_certificate@children[0]",
            "code": "90",
            "announcement_id": self.letter.pk,
            "letter_id": self.letter.pk,
            "campaign_id": self.campaign_unit.campaign_id,
            "unit_id": self.campaign_unit.pk,
            "attachment_id": self.attachment.pk,
            "delivery_id": self.told.pk if name.startswith("citizen:") else self.delivered.pk,
            "section_key": "person",
            "benefit": "social_pension",
            "officer_id": self.world["counter"].officer_id,
            "office_code": LOCAL_OFFICE,
            "row": self.rows.get(name.removeprefix("officer:"), ""),
            "guardianship_id": self.guardianship.pk,
            "basis_id": self.member.pk if EXPECTED[name] is Access.STAFF else self.guardianship.pk,
            "mandate_id": self.transmission.pk
            if EXPECTED[name] is Access.STAFF or name == "api:transmission-mandate"
            else self.mandate.pk,
            "person_id": self.guardianship.child_id,
            "provider": "vneid",
            "link_id": self.link.pk,
            "recovery_id": self.recovery.pk,
            "account_id": self.accounts["citizen"],
            "opening_id": self.opening.pk,
            "request_id": self.request.pk,
            "export_id": self.export.pk,
            "batch_id": _a_batch(self.world),
            "press_id": _a_press(self.world),
            "opinion_id": an_opinion(self.world, self.dossier, self.paper),
            "complaint_id": a_complaint(self.world, self.dossier, self.paper),
            "order_id": self.cash.order_id,
            "payment_id": self.cash.pk,
            "payroll_id": _a_payroll(self.world),
            "notice_id": _a_notice(),
            "postal_id": self.outgoing.pk,
            "incoming_id": self.incoming.pk,
            "scan_id": self.scan.pk,
            "item_id": an_issue_item(self.dossier, self.world).pk,
        } | ({"paper_id": self.photo.pk} if "recovery_id" in parts else {})
        return reverse(name, kwargs={part: values[part] for part in parts})

    def client(self, actor: str) -> Client:
        """The browser of this person."""
        client = Client()
        if self.sessions[actor]:
            client.cookies["sessionid"] = self.sessions[actor]
        return client

    def ask(self, actor: str, method: str, address: str) -> HttpResponseBase:
        """One request of this person; whatever it changed is undone."""
        client, headers = self.client(actor), {}
        if actor in self.tokens and address.startswith("/api/"):
            headers["Authorization"] = f"Bearer {self.tokens[actor]}"
        before = transaction.savepoint()
        try:
            given = {"paper": str(self.paper.pk)}
            answer = (
                client.post(address, given, headers=headers)
                if method == "POST"
                else client.get(address, headers=headers)
            )
            assert answer.getvalue() is not None  # also reads what is streamed
            return answer
        finally:
            transaction.savepoint_rollback(before)


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    timestamp_authority: tuple[str, Temper],
) -> Iterator[tuple[House, dict[str, Any]]]:
    """One house for the file, on a Monday morning, and the settings it lives with; undone at the end."""
    folder = tmp_path_factory.mktemp("house")
    url, temper = timestamp_authority
    temper.now = "well"
    lives_with: dict[str, Any] = {
        "FILES_DIR": folder / "files",
        "SIGNING_DIR": folder / "signing",
        "CLOCK": lambda: MONDAY,
        "STORAGES": {
            **present.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    }
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        places = {"TIMESTAMP_URL": f"{url}/house", "AUTHORITY_URL": f"{url}/", "PROOF_PLACES": [folder / "log"]}
        with as_the_house(), override_settings(**lives_with, **places):
            made = House()
    yield made, lives_with
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def house(standing: tuple[House, dict[str, Any]], db: None, settings: Settings) -> House:
    """The house, as nobody has touched it: what a test does is undone behind it."""
    made, lives_with = standing
    for name, value in lives_with.items():
        setattr(settings, name, value)
    return made


def _a_press(world: Any) -> UUID:
    made, _ = BatchPress.objects.get_or_create(officer_id=world["counter"].officer_id, act="accept", made_at=FILED_AT)
    return made.pk


def _a_batch(world: Any) -> UUID:
    made, _ = Batch.objects.get_or_create(
        number="x", office_code=LOCAL_OFFICE, bank="970400", account="1", count=1, total=1, sha256="0" * 64,
        prepared_by_id=world["counter"].officer_id, prepared_at=FILED_AT,
    )  # fmt: skip
    return made.pk


def an_issue_item(dossier: Dossier, world: Any) -> IssueItem:
    """A printed card that waits at the counter."""
    held = IssueItem.objects.filter(dossier=dossier).first()
    if held is not None:
        return held
    decision = Decision.objects.create(
        dossier=dossier, kind="grant", state="sent_back", proposed_by_id=world["specialist"].officer_id,
        proposed_at=FILED_AT,
    )  # fmt: skip
    effect = AppliedEffect.objects.create(
        dossier=dossier, decision=decision, key="x", does="card_issued", inputs={}, says_vi="x", says_en="x",
        at=FILED_AT,
    )  # fmt: skip
    return IssueItem.objects.create(
        dossier=dossier, effect=effect, kind="card", si_number=dossier.si_number, person_name="x",
        office_code=dossier.office_code, by_post=False, state="printed", serial=uuid7().hex[:12],
        ordered_at=FILED_AT, printed_at=FILED_AT,
    )  # fmt: skip


def _cash(world: Any) -> CashPayment:
    order = order_out(
        "x", 1, purpose=Purpose("benefits", "x", "x"), in_cash=True,
        whose=Whose(world.citizen.person_id, world.citizen.name, LOCAL_OFFICE), actor=System(), at=FILED_AT,
    )  # fmt: skip
    return CashPayment.objects.create(
        order=order, office_code=LOCAL_OFFICE, post="x", amount=1, payer_id=world["counter"].officer_id,
        opened_at=FILED_AT, receiver_name="x", receiver_paper="079199000123",
    )  # fmt: skip


def _a_payroll(world: Any) -> UUID:
    made, _ = Payroll.objects.get_or_create(
        month=date(2026, 11, 1), office_code=LOCAL_OFFICE, method="cash", count=0, held=0, total=0,
        prepared_by_id=world["counter"].officer_id, prepared_at=FILED_AT,
    )  # fmt: skip
    return made.pk


def _a_notice() -> UUID:
    made = BankNotice.objects.filter(reference="x").first() or BankNotice.objects.create(
        bank="970400", reference="x", kind="credit", account="1", amount=1, moved_at=FILED_AT, received_at=FILED_AT,
        state="to_resolve", problem="double", body_sha256="0" * 64, office_code=LOCAL_OFFICE,
    )  # fmt: skip
    return made.pk


@pytest.mark.parametrize("access", list(Access), ids=lambda access: access.name)
def test_who_passes_where(house: House, access: Access) -> None:
    events, states = DossierEvent.objects.count(), set(Dossier.objects.values_list("pk", "state"))
    wrong = []
    for name, pattern in every_route():
        if EXPECTED.get(name) is not access:
            continue
        address = house.address(name, pattern.pattern.converters)
        for actor in ACTORS:
            for method in ("GET", "POST"):
                answer = house.ask(actor, method, address)
                if not _as_expected(access, actor, answer):
                    wrong.append(f"{method} {name} as {actor}: {answer.status_code} {_where(answer)}")
    assert not wrong, "\n".join(wrong)
    assert DossierEvent.objects.count() == events
    assert set(Dossier.objects.values_list("pk", "state")) == states


def _as_expected(access: Access, actor: str, answer: HttpResponseBase) -> bool:
    status, sign_in = answer.status_code, _where(answer).startswith("/dang-nhap?")
    if actor in OPEN_TO[access]:
        return not sign_in and status in PASSED | ALSO_PASSED.get(access, frozenset())
    if status == 405:
        return True  # an address without this method does nothing for anybody
    if access in {Access.TOKEN, Access.TOKEN_OWNER}:
        return status == 401 if actor != "other citizen" else status == 404 or status in UNREAD
    if status == 302 and _where(answer).endswith(("/nop", "/dang-ky")):
        return access is Access.BROWSER or actor == "other citizen"  # no code was asked for: the way to where one asks
    if access is Access.BROWSER:
        return status == 404
    if actor == "anonymous":
        return sign_in and status == 302
    return status == (404 if _is_foreign(access, actor) else 403)


def _is_foreign(access: Access, actor: str) -> bool:
    """The right kind of person, but somebody else's thing: it is answered as if it did not exist."""
    return access is Access.OWN_DOOR or (access, actor) in {
        (Access.OWNER, "other citizen"),
        (Access.CASE, "officer of another office"),
        (Access.STAFF, "other citizen"),
        (Access.MATTER, "officer of another office"),
        (Access.TYPIST, "officer of another office"),
        (Access.TYPIST, "leader"),
        (Access.GIVER, "officer of another office"),
        (Access.KEEPER, "officer of another office"),
        (Access.KEEPER, "leader"),
    }


def _where(answer: HttpResponseBase) -> str:
    return str(answer.headers.get("Location", ""))

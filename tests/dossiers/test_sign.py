"""A draft confirmed with a signed document: exactly what was offered, by whom it was offered to, once."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from ansinh.dossiers.models import Dossier, Draft, State
from ansinh.dossiers.sign import offer_document, submit_signed
from ansinh.dossiers.submit import Submitted
from ansinh.law.names import search_key
from ansinh.people.actors import Citizen
from ansinh.people.models import Person
from ansinh.platform.errors import DomainError, Invalid, NotFound
from ansinh.platform.storage import open_file
from ansinh.signing import seal
from ansinh.signing.evidence import in_words, verify
from ansinh.signing.models import EvidenceRecord, Format, Kind, SigningOffer, Way
from ansinh.signing.offers.accept import SignatureRefused
from ansinh.signing.offers.make import offered_bytes
from tests.signing.applicants import signed_pdf, signed_xml
from tests.signing.issuer import issuer
from tests.signing.pki import Holder, Pki, revocation_list, rsa_key
from tests.world import ID_NUMBER, LONG_AGO, World, a_draft, a_moment, a_world, an_account
from tests.world_procedures import BY_POST

pytestmark = pytest.mark.django_db
AT = a_moment(date(2026, 11, 26), hour=14)
FORMATS = (Format.PDF, Format.XML)


@pytest.fixture(autouse=True)
def places(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Files and keys of one test."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    seal._key.cache_clear()
    yield
    seal._key.cache_clear()


@pytest.fixture
def world(places: None) -> World:
    """Offices, officers, a person."""
    return a_world()


@pytest.fixture
def pki(places: None) -> Pki:
    """A licensed authority, on the trust list."""
    made = Pki()
    made.put_on_the_list()
    return made


@pytest.fixture
def lan(pki: Pki) -> Holder:
    """The applicant's certificate."""
    return pki.holder(uid=f"CCCD:{ID_NUMBER}", name="Trần Thị Mai Lan")


def offered(world: World, draft: Draft, document_format: Format = Format.PDF, **more: Any) -> SigningOffer:
    return offer_document(draft.pk, actor=world.citizen, document_format=document_format, at=more.get("at", AT))


def sign(offer: SigningOffer, holder: Holder, **more: Any) -> bytes:
    """What the person's own program makes of the downloaded file."""
    content = offered_bytes(offer)
    if offer.format == Format.PDF:
        return signed_pdf(content, holder, at=AT, **more)
    return signed_xml(content, holder, at=AT)


def hand_in(world: World, offer: SigningOffer, signed: bytes, **changes: Any) -> Submitted:
    values: dict[str, Any] = {
        "draft_id": offer.subject, "actor": world.citizen, "offer_id": offer.pk, "signed": signed, "way": Way.UPLOAD,
        "device": "Firefox trên Linux", "idempotency_key": "one", "channel": "portal", "at": AT + timedelta(minutes=5),
    }  # fmt: skip
    return submit_signed(**(values | changes))


def refusal(world: World, offer: SigningOffer, signed: bytes, **changes: Any) -> DomainError:
    """The refusal; nothing was filed and the draft is still open."""
    with pytest.raises(DomainError) as refused:
        hand_in(world, offer, signed, **changes)
    assert not Dossier.objects.exists() and not EvidenceRecord.objects.exists()
    assert Draft.objects.get(pk=offer.subject).submitted_at is None
    return refused.value


def findings(refused: DomainError) -> list[str]:
    assert isinstance(refused, SignatureRefused), refused
    return [one.code for one in refused.report.findings]


@pytest.mark.requirement("R-054")
@pytest.mark.requirement("R-084")
@pytest.mark.parametrize("document_format", FORMATS)
def test_a_signed_document_files_the_dossier(world: World, lan: Holder, document_format: Format) -> None:
    offer = offered(world, a_draft(world), document_format)
    signed = sign(offer, lan)
    filed = hand_in(world, offer, signed)
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    evidence = EvidenceRecord.objects.get()
    assert evidence.pk == dossier.evidence_id and evidence.report is not None
    assert (evidence.kind, evidence.way, evidence.offer_id) == (Kind.DOCUMENT, Way.UPLOAD, offer.pk)
    assert evidence.digest == dossier.digest == offer.digest
    assert verify(evidence)
    with open_file(evidence.document_sha256) as file:
        assert file.read() == signed
    assert evidence.report["uid"] == f"CCCD:{ID_NUMBER}"
    assert "chữ ký số của Trần Thị Mai Lan" in in_words(evidence)


def test_a_visible_signature_is_taken_too(world: World, lan: Holder) -> None:
    offer = offered(world, a_draft(world))
    assert hand_in(world, offer, sign(offer, lan, visible=True)).number


@pytest.mark.parametrize("document_format", FORMATS)
def test_a_second_press_gives_the_same_dossier(world: World, lan: Holder, document_format: Format) -> None:
    offer = offered(world, a_draft(world), document_format)
    signed = sign(offer, lan)
    first, again = hand_in(world, offer, signed), hand_in(world, offer, signed)
    assert (again.dossier_id, again.number, again.replayed) == (first.dossier_id, first.number, True)
    assert Dossier.objects.count() == EvidenceRecord.objects.count() == 1


@pytest.mark.parametrize("document_format", FORMATS)
def test_one_changed_byte_is_refused(world: World, lan: Holder, document_format: Format) -> None:
    offer = offered(world, a_draft(world), document_format)
    signed = bytearray(sign(offer, lan))
    place = signed.index(b"2026-05-04") if document_format == Format.XML else 4000
    signed[place] ^= 1
    assert "digest-broken" in findings(refusal(world, offer, bytes(signed)))


def test_a_file_not_signed_is_refused(world: World) -> None:
    offer = offered(world, a_draft(world))
    assert findings(refusal(world, offer, offered_bytes(offer))) == ["unsigned"]


@pytest.mark.parametrize("document_format", FORMATS)
def test_another_persons_certificate_is_refused(world: World, pki: Pki, document_format: Format) -> None:
    other = pki.holder(uid="CCCD:090080000011", name="Hà Văn Bình")
    offer = offered(world, a_draft(world), document_format)
    assert findings(refusal(world, offer, sign(offer, other))) == ["other-subject"]


def test_a_certificate_run_out_is_refused(world: World, pki: Pki) -> None:
    old = pki.holder(uid=f"CCCD:{ID_NUMBER}", first=AT - timedelta(days=400), last=AT - timedelta(days=1))
    offer = offered(world, a_draft(world))
    assert findings(refusal(world, offer, sign(offer, old))) == ["expired"]


def test_an_unknown_authority_is_refused(world: World, pki: Pki) -> None:
    stranger = Pki("CA lạ")
    stranger.issuing_key = rsa_key(103)
    offer = offered(world, a_draft(world))
    assert "unknown-authority" in findings(refusal(world, offer, sign(offer, stranger.holder(uid=f"CCCD:{ID_NUMBER}"))))


def test_a_revoked_certificate_is_refused(world: World, pki: Pki) -> None:
    with issuer() as answering:
        pki.put_on_the_list(addresses=[f"{answering.address}list.crl"], unknown="refuse")
        holder = pki.holder(uid=f"CCCD:{ID_NUMBER}", crl=f"{answering.address}list.crl")
        given = revocation_list(
            pki, {holder.certificate.serial_number: AT - timedelta(days=2)},
            given=AT - timedelta(hours=1), until=AT + timedelta(days=1),
        )  # fmt: skip
        answering.answer = lambda _: given
        offer = offered(world, a_draft(world))
        assert "revoked" in findings(refusal(world, offer, sign(offer, holder)))


@pytest.mark.parametrize("document_format", FORMATS)
def test_a_draft_changed_after_the_download_needs_a_new_signature(
    world: World, lan: Holder, document_format: Format
) -> None:
    draft = a_draft(world)
    offer = offered(world, draft, document_format)
    signed = sign(offer, lan)
    draft.answers = draft.answers | {"phone": "84905000279"}
    draft.save()
    refused = refusal(world, offer, signed)
    assert refused.code == "draft-changed"
    newer = offered(world, draft, document_format)
    assert newer.pk != offer.pk
    assert refusal(world, newer, signed).code == "draft-changed"


def test_another_document_well_signed_is_not_what_was_offered(world: World, lan: Holder) -> None:
    offer = offered(world, a_draft(world))
    other = offered(world, a_draft(world, phone="84905000299"))
    assert refusal(world, offer, sign(other, lan)).code == "not-the-offered"


def test_content_changed_in_the_signed_version_is_not_what_was_offered(world: World, lan: Holder) -> None:
    """The offered bytes are the beginning of the file, and the signature holds, yet another page is shown."""

    def blank_the_first_page(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        page["/MediaBox"] = page["/MediaBox"].__class__([page["/MediaBox"][0]] * 4)
        writer.update_container(page)

    offer = offered(world, a_draft(world))
    assert refusal(world, offer, sign(offer, lan, change=blank_the_first_page)).code == "not-the-offered"


def test_a_second_use_is_refused_by_the_database_too(world: World, lan: Holder) -> None:
    offer = offered(world, a_draft(world))
    signed = sign(offer, lan)
    hand_in(world, offer, signed)
    with pytest.raises(NotFound) as refused:
        hand_in(world, offer, signed, idempotency_key="another")
    assert refused.value.code == "draft-not-found"
    used = EvidenceRecord.objects.get()
    used.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        used.save(force_insert=True)


def test_an_offer_of_another_account_is_refused(world: World, pki: Pki, lan: Holder) -> None:
    person = Person.objects.create(
        full_name="Hà Văn Bình", search_key=search_key("Hà Văn Bình"), date_of_birth="1980-01-01", sex="male",
        personal_id_number="090080000011", updated_at=LONG_AGO,
    )  # fmt: skip
    account = an_account("090080000011", "Hà Văn Bình", person=person)
    other = Citizen(account_id=account.pk, person_id=person.pk, name=person.full_name)
    offer = offered(world, a_draft(world))
    binh = pki.holder(uid="CCCD:090080000011", name="Hà Văn Bình")
    assert refusal(world, offer, sign(offer, binh), actor=other).code == "offer-not-found"
    with pytest.raises(NotFound):
        offer_document(offer.subject, actor=other, document_format=Format.PDF, at=AT)


def test_an_offer_ends_after_a_day(world: World, lan: Holder) -> None:
    offer = offered(world, a_draft(world))
    late = AT + timedelta(hours=24, seconds=1)
    assert refusal(world, offer, sign(offer, lan), at=late).code == "offer-expired"


def test_the_same_content_is_offered_once(world: World) -> None:
    draft = a_draft(world)
    first = offered(world, draft)
    assert offered(world, draft, at=AT + timedelta(hours=1)).pk == first.pk
    assert offered(world, draft, at=AT + timedelta(hours=13)).pk != first.pk


def test_a_draft_with_gaps_is_not_offered(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        offered(world, a_draft(world, papers=()))
    assert refused.value.code == "draft-incomplete"


def test_offers_are_never_changed(world: World) -> None:
    offer = offered(world, a_draft(world))
    with pytest.raises(DatabaseError), transaction.atomic():
        SigningOffer.objects.filter(pk=offer.pk).update(valid_until=AT + timedelta(days=9))


def test_a_broken_seal_shows(world: World, lan: Holder) -> None:
    offer = offered(world, a_draft(world))
    hand_in(world, offer, sign(offer, lan))
    evidence = EvidenceRecord.objects.get()
    assert evidence.report is not None
    evidence.report["signer"] = "Người khác"
    assert not verify(evidence)


def test_what_a_signature_does_not_replace_still_comes_by_post(world: World, lan: Holder) -> None:
    offer = offered(world, a_draft(world, BY_POST))
    filed = hand_in(world, offer, sign(offer, lan))
    assert Dossier.objects.get(pk=filed.dossier_id).state == State.WAITING_FOR_ORIGINALS

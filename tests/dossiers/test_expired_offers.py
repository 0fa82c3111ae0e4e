"""Offers that ended unsigned leave the store; what serves anything else stays, and so does every record."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.dossiers.expired_offers import RESTS, forget_expired_offers
from ansinh.dossiers.sign import offer_document
from ansinh.files.receive import receive
from ansinh.platform.storage import exists, put
from ansinh.signing import seal
from ansinh.signing.models import Format, SigningOffer
from ansinh.signing.offers.make import VALID_FOR, offered_bytes
from tests.world import World, a_draft, a_world

pytestmark = pytest.mark.django_db
OFFERED = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=1)
"""Files have the date of the disk: now."""
ENDED = OFFERED + VALID_FOR
TIDIED = ENDED + RESTS + timedelta(hours=1)


@pytest.fixture
def offer(settings: Settings, tmp_path: Path) -> Iterator[SigningOffer]:
    """A declaration offered for signing."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    seal._key.cache_clear()
    world: World = a_world()
    yield offer_document(a_draft(world).pk, actor=world.citizen, document_format=Format.PDF, at=OFFERED)
    seal._key.cache_clear()


def test_an_offer_that_ended_leaves_the_store_and_stays_on_record(offer: SigningOffer) -> None:
    assert forget_expired_offers(at=ENDED + RESTS - timedelta(minutes=1)) == 0
    assert exists(offer.sha256)
    assert forget_expired_offers(at=TIDIED) == 1
    assert not exists(offer.sha256)
    assert SigningOffer.objects.get().sha256 == offer.sha256
    assert forget_expired_offers(at=TIDIED) == 0


def test_a_file_that_somebody_uploaded_as_a_paper_stays(offer: SigningOffer) -> None:
    receive(io.BytesIO(offered_bytes(offer)), owner_id=offer.account_id, name="to-khai.pdf", kind="other", at=OFFERED)
    assert forget_expired_offers(at=TIDIED) == 0
    assert exists(offer.sha256)


def test_the_same_document_offered_anew_stays_while_it_can_be_signed(offer: SigningOffer) -> None:
    SigningOffer.objects.create(
        account_id=offer.account_id, subject=offer.subject, digest=offer.digest, format=offer.format,
        sha256=offer.sha256, size=offer.size, made_at=TIDIED, valid_until=TIDIED + VALID_FOR,
    )  # fmt: skip
    assert forget_expired_offers(at=TIDIED) == 0


def test_what_was_put_in_again_meanwhile_stays(offer: SigningOffer, settings: Settings) -> None:
    content = offered_bytes(offer)
    put(io.BytesIO(content), limit=len(content))
    import os

    path = Path(settings.FILES_DIR) / offer.sha256[:2] / offer.sha256[2:4] / offer.sha256
    os.utime(path, (TIDIED.timestamp(), TIDIED.timestamp()))
    assert forget_expired_offers(at=TIDIED) == 0
    assert exists(offer.sha256)

"""Evidence of a confirmation: bound to a digest, sealed, unchangeable."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from ansinh.people.models import Account
from ansinh.platform.errors import Invalid
from ansinh.signing.evidence import record, verify
from ansinh.signing.models import Channel, EvidenceRecord
from tests.signing.conftest import forget_keys
from tests.signing.papers import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db: None) -> Account:
    """Who confirms."""
    return Account.objects.create(login="001194000001", display_name="Trần Thị Mai Lan", created_at=AT, password="!")


def confirm(owner: Account, **changes: Any) -> EvidenceRecord:
    values: dict[str, Any] = {
        "account_id": owner.id,
        "digest": "9f" * 32,
        "text_shown": "Tôi nộp hồ sơ chế độ thai sản với nội dung đã xem.",
        "channel": Channel.SMS,
        "recipient_masked": "09•• ••• 278",
        "code_issued_at": AT,
        "confirmed_at": AT + timedelta(minutes=1),
        "device": "Firefox trên Android",
    }
    return record(**(values | changes))


@pytest.mark.requirement("R-053")
@pytest.mark.requirement("R-108")
def test_a_confirmation_is_kept_with_the_digest_it_was_given_for(owner: Account) -> None:
    kept = EvidenceRecord.objects.get(id=confirm(owner).id)
    assert kept.digest == "9f" * 32
    assert kept.recipient_masked == "09•• ••• 278"
    assert verify(kept)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("digest", "aa" * 32),
        ("text_shown", "Tôi nộp hồ sơ khác."),
        ("recipient_masked", "09•• ••• 279"),
        ("channel", "email"),
        ("device", ""),
        ("confirmed_at", AT + timedelta(minutes=1, microseconds=1)),
        ("code_issued_at", AT - timedelta(seconds=1)),
        ("seal", "00" * 64),
        ("seal", "không phải số"),
        ("seal_key", "00" * 32),
        ("seal_key", "../seal"),
    ],
)
def test_a_record_with_anything_changed_is_not_sealed(owner: Account, field: str, value: object) -> None:
    evidence = confirm(owner)
    setattr(evidence, field, value)
    assert not verify(evidence)


def test_another_portals_seal_is_not_ours(owner: Account, fresh_keys: Path) -> None:
    evidence = confirm(owner)
    for path in fresh_keys.iterdir():
        path.unlink()
    forget_keys()
    assert not verify(evidence)


def test_a_seal_stays_good_when_the_key_is_replaced(owner: Account, fresh_keys: Path) -> None:
    evidence = confirm(owner)
    (fresh_keys / "seal.key.pem").unlink()
    forget_keys()
    later = confirm(owner)
    assert later.seal_key != evidence.seal_key
    assert verify(evidence)
    assert verify(later)


def test_the_database_refuses_to_change_or_remove_evidence(owner: Account) -> None:
    evidence = confirm(owner)
    with pytest.raises(DatabaseError), transaction.atomic():
        EvidenceRecord.objects.filter(id=evidence.id).update(digest="bb" * 32)
    with pytest.raises(DatabaseError), transaction.atomic():
        evidence.delete()
    assert verify(EvidenceRecord.objects.get(id=evidence.id))


def test_nobody_confirms_before_the_code_was_sent(owner: Account) -> None:
    with pytest.raises(Invalid, match="Xin yêu cầu mã mới"):
        confirm(owner, confirmed_at=AT - timedelta(seconds=1))


def test_the_database_refuses_a_digest_that_is_none(owner: Account) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        confirm(owner, digest="9F" * 32)

"""A checkpoint an hour is time-stamped by somebody else, and the copies carry the token."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from asn1crypto import cms

from ansinh.cli.main import main
from ansinh.platform.errors import DomainError
from ansinh.proof.copy import Copy
from ansinh.proof.models import Checkpoint, CheckpointStamp
from ansinh.proof.seal_log import seal_pending
from ansinh.proof.stamps import stamp_last
from ansinh.signing.authority import ensure_authority
from ansinh.web.clock import now
from tests.proof.conftest import AT, Happen


@pytest.mark.django_db(transaction=True)
def test_one_checkpoint_an_hour_is_stamped_and_copied(happen: Happen, own_log: Path) -> None:
    asked: list[bytes] = []

    def stamper(content: bytes) -> bytes:
        asked.append(content)
        return b"token"

    assert stamp_last(at=AT, by=stamper) is None
    for minutes in (0, 10, 59, 60, 61):
        at = AT + timedelta(minutes=minutes)
        happen(1)
        seal_pending(at=at)
        stamp_last(at=at, by=stamper)
    assert [stamp.checkpoint.size for stamp in CheckpointStamp.objects.order_by("id")] == [1, 4]
    assert asked == [Checkpoint.objects.get(size=size).note.encode() for size in (1, 4)]
    assert Copy(own_log / "second").last_stamped() == 4


@pytest.mark.django_db(transaction=True)
def test_an_authority_that_is_down_is_asked_again(happen: Happen) -> None:
    def down(content: bytes) -> bytes:
        raise DomainError("timestamps-down", "Máy chủ dấu thời gian không trả lời.")

    happen(1)
    seal_pending(at=AT)
    assert stamp_last(at=AT, by=down) is None
    assert stamp_last(at=AT, by=lambda content: b"token") is not None


@pytest.mark.django_db(transaction=True)
def test_the_configured_authority_stamps_a_token_over_the_checkpoint(happen: Happen) -> None:
    ensure_authority(at=AT)
    happen(1)
    seal_pending(at=AT)
    made = stamp_last(at=AT)
    assert made is not None
    info = cms.ContentInfo.load(bytes(made.token))
    imprint = info["content"]["encap_content_info"]["content"].parsed["message_imprint"]["hashed_message"].native
    assert imprint == sha256(made.checkpoint.note.encode()).digest()


@pytest.mark.django_db(transaction=True)
def test_the_check_of_the_log_believes_the_authority_on_the_trust_list(
    happen: Happen, own_log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ensure_authority(at=now())
    happen(1)
    seal_pending(at=now())
    assert stamp_last(at=now()) is not None
    main(["proof", "check"])
    assert "ĐÚNG / RIGHT" in capfd.readouterr().out

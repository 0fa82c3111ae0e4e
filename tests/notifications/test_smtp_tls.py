"""E-mail to a relay that asks for TLS and a password: only to the right relay, only with the right password."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from ansinh.notifications.options import Options
from ansinh.notifications.providers.base import Outgoing, TemporaryFailure
from ansinh.notifications.providers.smtp import Smtp
from ansinh.platform.identifiers import uuid7
from tests.notifications.making import AT
from tests.notifications.relay import PASSWORD, USER, Relay, relay


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relay]:
    """A relay called localhost, trusted by this machine."""
    with relay("localhost", tmp_path) as one:
        monkeypatch.setenv("SSL_CERT_FILE", str(one.certificate))
        yield one


def _send(running: Relay, **changes: Any) -> str:
    values: dict[str, Any] = {
        "smtp_host": "localhost", "smtp_port": running.port, "smtp_starttls": True, "smtp_user": USER,
        "smtp_password": PASSWORD, "timeout_seconds": 5.0,
    }  # fmt: skip
    letter = Outgoing(id=uuid7(), recipient="lan@thu.example", subject="Đã có kết quả", body="Kính gửi bà Lan.")
    return Smtp(Options(**(values | changes))).send(letter, at=AT)


def _refused(running: Relay, **changes: Any) -> str:
    with pytest.raises(TemporaryFailure) as failure:
        _send(running, **changes)
    assert running.letters == []
    return failure.value.reason


def test_a_letter_goes_encrypted_and_signed_in(running: Relay) -> None:
    reference = _send(running)
    [letter] = running.letters
    read = message_from_bytes(letter, policy=policy.default)
    assert (read["Message-ID"], read["Subject"]) == (reference, "Đã có kết quả")


def test_a_wrong_password_is_our_fault_and_time_may_cure_it(running: Relay) -> None:
    assert _refused(running, smtp_password="another") == "network-refuses-us"


def test_a_relay_that_nobody_vouches_for_gets_neither_password_nor_letter(
    running: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert _refused(running) == "network-not-trusted"


def test_a_relay_with_another_name_on_its_certificate_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with relay("relay.example", tmp_path) as impostor:
        monkeypatch.setenv("SSL_CERT_FILE", str(impostor.certificate))
        assert _refused(impostor) == "network-not-trusted"


def test_without_starttls_such_a_relay_takes_nothing(running: Relay) -> None:
    assert _refused(running, smtp_starttls=False)

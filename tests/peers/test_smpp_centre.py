"""Our SMPP client against a message centre that others wrote (npm `smpp`)."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ansinh.notifications.options import options
from ansinh.notifications.providers.base import Outgoing, TemporaryFailure
from ansinh.notifications.providers.sms_smpp import SmppSms, close_links
from ansinh.notifications.send import send
from ansinh.platform.identifiers import uuid7
from tests.notifications.making import AT, an_sms, fresh
from tests.notifications.outside import until

pytestmark = [pytest.mark.peer, pytest.mark.skipif(shutil.which("npm") is None, reason="Node with npm is missing")]


@dataclass(frozen=True)
class Centre:
    """The running centre and what it prints."""

    process: subprocess.Popen[str]
    port: int

    def heard(self) -> dict[str, Any]:
        """The next message that it got."""
        assert self.process.stdout is not None
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        return said


@pytest.fixture
def centre(installed: Path, settings: Any) -> Iterator[Centre]:
    """The centre, and options that send to it."""
    command = ["node", "message-centre.cjs"]
    with subprocess.Popen(command, cwd=installed, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = json.loads(process.stdout.readline())["port"]
        settings.MESSAGES = {"sms_provider": "sms_smpp", "smpp_port": port, "smpp_password": "peer"}
        try:
            yield Centre(process, port)
            close_links()
        finally:
            process.kill()


def _submit(text: str) -> str:
    provider = SmppSms(options(), lambda report, at: True)
    return provider.send(Outgoing(id=uuid7(), recipient="84912345678", subject="", body=text), at=AT)


@pytest.mark.parametrize(("text", "coding"), [("Ma 482910 [@_{}|~€]", 0), ("Hồ sơ đã có kết quả", 8)])
def test_both_alphabets_are_read_by_others(centre: Centre, text: str, coding: int) -> None:
    reference = _submit(text)
    heard = centre.heard()
    assert (heard["text"], heard["dataCoding"], heard["id"], heard["receipt"]) == (text, coding, reference, 1)
    assert (heard["source"], heard["sourceTon"]) == ("BHXHVN", 5)
    assert (heard["destination"], heard["destinationTon"], heard["destinationNpi"]) == ("84912345678", 1, 1)
    assert not heard["udh"]


@pytest.mark.parametrize("text", ["Ho so da co ket qua. " * 20, "Hồ sơ đã có kết quả, xin mời xem. " * 8])
def test_parts_are_put_together_by_others(centre: Centre, text: str) -> None:
    _submit(text)
    parts = [centre.heard()]
    total = int(parts[0]["udh"][0][-4:-2], 16)
    parts += [centre.heard() for _ in range(total - 1)]
    assert "".join(part["text"] for part in parts) == text
    assert [int(part["udh"][0][-2:], 16) for part in parts] == list(range(1, total + 1))


def test_a_wrong_password_is_not_let_in(centre: Centre, settings: Any) -> None:
    settings.MESSAGES |= {"smpp_password": "wrong", "timeout_seconds": 0.5}
    with pytest.raises(TemporaryFailure):
        _submit("x")


@pytest.mark.django_db(transaction=True)
def test_a_receipt_with_an_error_code_in_letters_is_recorded(centre: Centre) -> None:
    message = an_sms()
    send(message_id=message.pk, at=AT)
    for _ in until(10):
        if fresh(message.pk).state == "delivered":
            break
    assert fresh(message.pk).provider_reference == centre.heard()["id"]

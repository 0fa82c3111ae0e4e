"""What the networks report is recorded once, by real call-backs and real receipts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from ansinh.notifications.delivery import record_callback, record_delivery
from ansinh.notifications.models import Message
from ansinh.notifications.options import callback_secret
from ansinh.notifications.providers.sms_http import signature
from ansinh.notifications.send import send
from ansinh.platform.errors import DomainError, Invalid, NotAllowed, NotFound
from tests.notifications.making import AT, an_sms, fresh
from tests.notifications.outside import SILENT, UNDELIVERED, counterparty, until

LATER = AT + timedelta(seconds=7)


@pytest.fixture
def handed_over(db: None) -> Message:
    """An SMS that the aggregator took under the reference `agg-1`."""
    message = an_sms()
    Message.objects.filter(pk=message.pk).update(
        state="handed_over", provider="sms_http", provider_reference="agg-1", handed_over_at=AT
    )
    return fresh(message.pk)


def test_a_report_is_recorded_once(handed_over: Message) -> None:
    for moment in (LATER, LATER + timedelta(hours=1)):
        record_delivery(provider="sms_http", reference="agg-1", status="delivered", at=moment)
    delivered = fresh(handed_over.pk)
    assert (delivered.state, delivered.delivered_at) == ("delivered", LATER)
    assert list(delivered.events.order_by("id").values_list("kind", flat=True)) == ["queued", "delivered"]


def test_what_was_delivered_does_not_fail_afterwards(handed_over: Message) -> None:
    for status in ("delivered", "failed", "accepted"):
        record_delivery(provider="sms_http", reference="agg-1", status=status, at=LATER)
    assert fresh(handed_over.pk).state == "delivered"


def test_a_late_delivery_corrects_a_failure(handed_over: Message) -> None:
    record_delivery(provider="sms_http", reference="agg-1", status="undelivered", at=LATER)
    assert (fresh(handed_over.pk).state, fresh(handed_over.pk).error) == ("failed", "not-delivered")
    record_delivery(provider="sms_http", reference="agg-1", status="delivered", at=LATER)
    assert (fresh(handed_over.pk).state, fresh(handed_over.pk).error) == ("delivered", "")


def test_an_unknown_reference_or_status_is_refused(handed_over: Message) -> None:
    with pytest.raises(NotFound):
        record_delivery(provider="sms_smpp", reference="agg-1", status="delivered", at=LATER)
    with pytest.raises(Invalid):
        record_delivery(provider="sms_http", reference="agg-1", status="eaten", at=LATER)


def test_a_callback_must_be_signed_and_readable(handed_over: Message) -> None:
    body = json.dumps({"requestId": str(handed_over.pk), "messageId": "agg-1", "status": "delivered"}).encode()
    for signed in ("", "é", signature(body, secret="another"), signature(body + b" ", secret=callback_secret())):
        with pytest.raises(NotAllowed):
            record_callback(body=body, signed=signed, at=LATER)
    for broken in (b"{}", b"[]", b"\xff", b'{"requestId": 1, "messageId": "x", "status": "delivered"}'):
        with pytest.raises(Invalid):
            record_callback(body=broken, signed=signature(broken, secret=callback_secret()), at=LATER)
    assert fresh(handed_over.pk).state == "handed_over"
    record_callback(body=body, signed=signature(body, secret=callback_secret()), at=LATER)
    assert fresh(handed_over.pk).state == "delivered"


@pytest.fixture
def callback_address(transactional_db: None) -> Iterator[str]:
    """An address that records what is posted to it; the first two posts are answered with an error, as in a restart."""
    posts = iter(range(1000))

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(self._heard(body))
            self.end_headers()

        def _heard(self, body: bytes) -> int:
            if next(posts) < 2:
                return 503
            try:
                record_callback(body=body, signed=self.headers["X-Signature"], at=datetime.now(UTC))
            except DomainError:
                return 404
            finally:
                connection.close()
            return 204

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.mark.django_db(transaction=True)
def test_the_aggregator_calls_back_until_it_is_heard(callback_address: str, tmp_path: Path, settings: Any) -> None:
    secrets = settings.VAR_DIR / "secrets"
    with counterparty(tmp_path, "--callback", callback_address, "--secrets", str(secrets)) as outside:
        settings.MESSAGES = outside.options
        message, undelivered, silent = an_sms(), an_sms(phone=UNDELIVERED), an_sms(phone=SILENT)
        for one in (message, undelivered, silent):
            send(message_id=one.pk, at=AT)
        for _ in until(10):
            if {fresh(message.pk).state, fresh(undelivered.pk).state} == {"delivered", "failed"}:
                break
        assert fresh(message.pk).state == "delivered"
        assert fresh(undelivered.pk).error == "not-delivered"
        assert fresh(silent.pk).state == "handed_over"

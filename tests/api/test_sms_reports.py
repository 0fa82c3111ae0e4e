"""The SMS network's reports come in by a signed POST."""

import json

import pytest
from django.test import Client

from ansinh.notifications.options import callback_secret
from ansinh.notifications.providers.sms_http import signature
from ansinh.platform.identifiers import uuid7

ADDRESS = "/api/v1/sms-reports"


def _report() -> bytes:
    return json.dumps({"requestId": str(uuid7()), "messageId": "1", "status": "delivered"}).encode()


@pytest.mark.django_db
def test_a_report_with_a_wrong_signature_is_refused() -> None:
    client = Client(headers={"x-signature": "0" * 64})
    assert client.post(ADDRESS, _report(), content_type="application/json").status_code == 403


@pytest.mark.django_db
def test_a_report_on_an_unknown_message_is_asked_for_again() -> None:
    body = _report()
    client = Client(headers={"x-signature": signature(body, secret=callback_secret())})
    assert client.post(ADDRESS, body, content_type="application/json").status_code == 404


def test_a_report_is_posted_not_read() -> None:
    assert Client().get(ADDRESS).status_code == 405

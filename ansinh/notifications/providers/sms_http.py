"""SMS through a JSON aggregator: POST /v1/messages, and a signed call-back when the network knows more.

Request `{brandname, phone: "84…", text, requestId}` with HTTP basic authentication; answer 200 `{messageId}`.
The same requestId again gives the same messageId and sends nothing. Errors are `{error, message}`: 429 and 5xx are
temporary, the other 4xx permanent, 401 and 403 are ours to mend and therefore tried again.
Call-back: POST `{requestId, messageId, status, at}` with `X-Signature`: HMAC-SHA256 of the body, in hex.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import urllib.error
import urllib.request
from datetime import datetime
from uuid import UUID

from ansinh.notifications.options import Options
from ansinh.notifications.providers.base import Outgoing, PermanentFailure, Provider, Report, TemporaryFailure
from ansinh.platform.errors import Invalid, NotAllowed

_MOST_ANSWER_BYTES = 64 * 1024


class HttpSms(Provider):
    """The aggregator at `options.sms_url`."""

    name = "sms_http"
    channel = "sms"

    def __init__(self, options: Options) -> None:
        if not options.sms_url.startswith(("https://", "http://")):
            raise ValueError("ANSINH_SMS_URL must begin with https:// or http://")
        self._options = options

    def send(self, message: Outgoing, *, at: datetime) -> str:
        """Hand over to the aggregator and give its messageId."""
        del at
        wanted = {
            "brandname": self._options.sms_brandname,
            "phone": message.recipient,
            "text": message.body,
            "requestId": str(message.id),
        }
        try:
            with urllib.request.urlopen(self._request(wanted), timeout=self._options.timeout_seconds) as answer:  # noqa: S310
                said = json.loads(answer.read(_MOST_ANSWER_BYTES))
        except urllib.error.HTTPError as refused:
            with refused:
                raise _failure(refused.code, refused.read(_MOST_ANSWER_BYTES)) from refused
        except (OSError, ValueError) as broken:
            raise TemporaryFailure("network-unreachable", str(broken)) from broken
        reference = said.get("messageId") if isinstance(said, dict) else None
        if not isinstance(reference, str) or not reference:
            raise TemporaryFailure("network-answer-unclear", str(said))
        return reference

    def _request(self, wanted: dict[str, str]) -> urllib.request.Request:
        pair = f"{self._options.sms_user}:{self._options.sms_password}".encode()
        return urllib.request.Request(  # noqa: S310
            f"{self._options.sms_url.rstrip('/')}/v1/messages",
            data=json.dumps(wanted).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Basic {base64.b64encode(pair).decode()}",
            },
        )


def signature(body: bytes, *, secret: str) -> str:
    """What the X-Signature header of a call-back must be."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def read_callback(body: bytes, *, signed: str, secret: str) -> Report:
    """The report in a call-back. A wrong signature is NotAllowed, a body that cannot be read Invalid."""
    if not hmac.compare_digest(signature(body, secret=secret).encode(), signed.encode()):
        raise NotAllowed("callback-not-signed", "Chữ ký của thông báo từ nhà mạng không đúng.")
    try:
        said = json.loads(body)
        return Report(
            provider=HttpSms.name,
            reference=str(said["messageId"]),
            status=str(said["status"]),
            message_id=UUID(str(said["requestId"])),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise Invalid("callback-unreadable", "Thông báo từ nhà mạng không đọc được.") from wrong


def _failure(code: int, body: bytes) -> TemporaryFailure | PermanentFailure:
    words = f"{code} {body.decode('utf-8', 'replace')}"
    if code in (401, 403):
        return TemporaryFailure("network-refuses-us", words)
    if code == 429 or code >= 500:
        return TemporaryFailure("network-busy", words)
    return PermanentFailure("recipient-refused", words)

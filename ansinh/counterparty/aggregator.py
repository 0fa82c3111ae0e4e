"""The SMS aggregator: POST /v1/messages with JSON and HTTP basic authentication; call-backs when it knows more."""

from __future__ import annotations

import base64
import hmac
import json
import re
from http.server import ThreadingHTTPServer

from ansinh.counterparty.behaviour import Behaviour
from ansinh.counterparty.callbacks import Callbacks
from ansinh.counterparty.store import Store
from ansinh.counterparty.web import Answered, Asked, serve

_PHONE = re.compile(r"84\d{9}")
_BRANDNAME = re.compile(r"[ -~]{1,11}")
_FIELDS = frozenset({"brandname", "phone", "text", "requestId"})


class Aggregator:
    """Checks what a sender asks as a real one does, and takes it."""

    def __init__(self, store: Store, behaviour: Behaviour, callbacks: Callbacks, password: str) -> None:
        self._store, self._behaviour, self._callbacks, self._password = store, behaviour, callbacks, password

    def answer(self, asked: Asked) -> Answered:
        """One request."""
        if asked.method != "POST" or asked.path != "/v1/messages":
            return _error(404, "not-found")
        if not self._knows(asked.headers.get("Authorization", "")):
            return _error(401, "unauthorized")
        try:
            wanted = json.loads(asked.body)
        except ValueError:
            return _error(400, "not-json")
        if not _is_message(wanted):
            return _error(400, "bad-fields")
        return self._take(wanted)

    def _take(self, wanted: dict[str, str]) -> Answered:
        known = self._store.of_request(wanted["requestId"])
        if known is not None:
            return _json(200, {"messageId": known.id})
        mood = self._behaviour.mood(wanted["phone"])
        if mood == "refuse":
            return _error(400, "unknown-subscriber")
        if mood == "busy":
            return _error(429, "too-many-requests")
        arrived = self._store.add(
            channel="sms",
            sender=wanted["brandname"],
            recipient=wanted["phone"],
            subject="",
            text=wanted["text"],
            way="HTTP",
            request_id=wanted["requestId"],
        )
        self._callbacks.report_later(arrived)
        return _json(200, {"messageId": arrived.id})

    def _knows(self, authorization: str) -> bool:
        try:
            kind, _, pair = authorization.partition(" ")
            password = base64.b64decode(pair, validate=True).partition(b":")[2]
        except ValueError:
            return False
        return kind == "Basic" and hmac.compare_digest(password, self._password.encode())


def serve_aggregator(aggregator: Aggregator, host: str, port: int) -> ThreadingHTTPServer:
    """Listen for senders."""
    return serve(aggregator.answer, host, port)


def _is_message(wanted: object) -> bool:
    return (
        isinstance(wanted, dict)
        and wanted.keys() == _FIELDS
        and all(isinstance(value, str) and value for value in wanted.values())
        and bool(_PHONE.fullmatch(wanted["phone"]) and _BRANDNAME.fullmatch(wanted["brandname"]))
    )


def _error(status: int, code: str) -> Answered:
    return _json(status, {"error": code})


def _json(status: int, value: dict[str, str]) -> Answered:
    return Answered(status, "application/json", json.dumps(value).encode())

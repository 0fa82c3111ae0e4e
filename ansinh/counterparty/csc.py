"""The remote signing service: the API of the Cloud Signature Consortium, versions 1 and 2, over HTTP and JSON.

It knows the invented people and organisations of a list, sends its one-time code as an SMS that the page of messages
shows, and behaves badly for chosen numbers: `busy` is down, `silent` is slow, `refuse` refuses, `undelivered` answers
nonsense.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import yaml

from ansinh.counterparty.behaviour import Behaviour
from ansinh.counterparty.csc_keys import Keys, certificate
from ansinh.counterparty.store import Store
from ansinh.counterparty.web import Answered, Asked, serve

RSA_SHA256: Final = "1.2.840.113549.1.1.11"
SHA256: Final = "2.16.840.1.101.3.4.2.1"
LIFE_SECONDS: Final = 300.0
SLOW_SECONDS: Final = 30.0
TRIES: Final = 5


@dataclass(frozen=True)
class Holder:
    """A person of the list."""

    number: str
    name: str
    phone: str


@dataclass
class _Code:
    code: str
    ends: float
    tries: int = 0


class _Refused(Exception):
    """The first argument is an error code of the protocol."""


class RemoteSigning:
    """One service with its people."""

    def __init__(
        self,
        store: Store,
        behaviour: Behaviour,
        *,
        people: Path,
        authority: Path,
        keys: Keys,
        folder: Path,
        token: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._now = now
        self._store, self._behaviour, self._keys, self._token = store, behaviour, keys, token
        self._authority, self._folder = authority, folder
        self._people = {one.number: one for one in _people(people)}
        self._lock = threading.Lock()
        self._codes: dict[str, _Code] = {}
        self._allowed: dict[str, tuple[str, str, float]] = {}
        self._answers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "info": self._info,
            "credentials/list": self._list,
            "credentials/info": self._credential,
            "credentials/sendOTP": self._send,
            "credentials/authorize": self._authorize,
            "signatures/signHash": self._sign,
        }

    def answer(self, asked: Asked) -> Answered:
        """One request."""
        parts = asked.path.removeprefix("/csc/").split("/", 1)
        if asked.method != "POST" or len(parts) != 2 or parts[0] not in {"v1", "v2"} or parts[1] not in self._answers:
            return _json(404, {"error": "not_found"})
        if not hmac.compare_digest(asked.headers.get("Authorization", "").encode(), f"Bearer {self._token}".encode()):
            return _json(401, {"error": "invalid_token"})
        try:
            values = json.loads(asked.body)
            if not isinstance(values, dict):
                raise _Refused("invalid_request")
            mood = self._mood(values)
            if mood == "busy":
                return _json(503, {})
            if mood == "undelivered":
                return Answered(200, "text/html", b"<html>")
            if mood == "silent":
                time.sleep(SLOW_SECONDS)
            if mood == "refuse" and parts[1] == "signatures/signHash":
                raise _Refused("access_denied")
            return _json(200, self._answers[parts[1]](values))
        except _Refused as refused:
            return _json(400, {"error": refused.args[0]})
        except (ValueError, TypeError, KeyError):
            return _json(400, {"error": "invalid_request"})

    def _mood(self, values: dict[str, Any]) -> str:
        number = _number(values.get("credentialID") or values.get("userID") or "")
        return self._behaviour.mood(number.removeprefix("key-"))

    def _info(self, _: dict[str, Any]) -> dict[str, Any]:
        return {
            "specs": "2.0.0.2", "name": "An Sinh Ký từ xa (trình diễn)", "region": "VN", "lang": "vi-VN",
            "authType": ["external"], "methods": sorted(self._answers),
        }  # fmt: skip

    def _list(self, values: dict[str, Any]) -> dict[str, Any]:
        number = _number(values["userID"])
        return {"credentialIDs": [f"key-{number}"] if number in self._people else []}

    def _credential(self, values: dict[str, Any]) -> dict[str, Any]:
        holder = self._holder(values)
        public = self._keys.public_key(holder.number)
        chain = certificate(
            public,
            name=holder.name,
            number=holder.number,
            authority=self._authority,
            folder=self._folder,
            at=self._now(),
        )
        return {
            "key": {"status": "enabled", "algo": [RSA_SHA256], "len": public.key_size},
            "cert": {"status": "valid", "certificates": [base64.b64encode(one).decode() for one in chain]},
            "PIN": {"presence": "false"},
            "OTP": {"presence": "true", "type": "online", "provider": "SMS"},
            "authMode": "explicit", "SCAL": "2", "multisign": 1,
        }  # fmt: skip

    def _send(self, values: dict[str, Any]) -> dict[str, Any]:
        holder = self._holder(values)
        code = f"{secrets.randbelow(1_000_000):06d}"
        with self._lock:
            self._codes[holder.number] = _Code(code, time.monotonic() + LIFE_SECONDS)
        self._store.add(
            channel="sms", sender="KY TU XA", recipient=holder.phone, subject="",
            text=f"OTP ky so: {code}. Ma chi de cho phep ky mot van ban. Khong doc cho bat ky ai.", way="HTTP",
        )  # fmt: skip
        return {}

    def _authorize(self, values: dict[str, Any]) -> dict[str, Any]:
        holder = self._holder(values)
        (wanted,) = values.get("hashes") or values["hash"]
        given = {one["id"]: one["value"] for one in values.get("authData", ())} | values
        with self._lock:
            kept = self._codes.get(holder.number)
            if kept is None or kept.ends < time.monotonic() or kept.tries >= TRIES:
                raise _Refused("invalid_otp")
            kept.tries += 1
            if not hmac.compare_digest(kept.code, str(given.get("OTP", ""))):
                raise _Refused("invalid_otp")
            del self._codes[holder.number]
            activation = secrets.token_urlsafe(24)
            self._allowed[activation] = (holder.number, wanted, time.monotonic() + LIFE_SECONDS)
        return {"SAD": activation, "expiresIn": int(LIFE_SECONDS)}

    def _sign(self, values: dict[str, Any]) -> dict[str, Any]:
        holder = self._holder(values)
        (wanted,) = values.get("hashes") or values["hash"]
        with self._lock:
            number, allowed, ends = self._allowed.pop(str(values["SAD"]), ("", "", 0.0))
        if number != holder.number or allowed != wanted or ends < time.monotonic():
            raise _Refused("invalid_sad")
        if values["signAlgo"] != RSA_SHA256 or (values.get("hashAlgorithmOID") or values.get("hashAlgo")) != SHA256:
            raise _Refused("invalid_request")
        try:
            digest = base64.b64decode(wanted, validate=True)
        except binascii.Error as error:
            raise _Refused("invalid_request") from error
        if len(digest) != 32:
            raise _Refused("invalid_request")
        return {"signatures": [base64.b64encode(self._keys.sign(holder.number, digest)).decode()]}

    def _holder(self, values: dict[str, Any]) -> Holder:
        found = self._people.get(str(values["credentialID"]).removeprefix("key-"))
        if found is None:
            raise _Refused("invalid_request")
        return found


def serve_remote_signing(service: RemoteSigning, host: str, port: int) -> ThreadingHTTPServer:
    """Listen for portals."""
    return serve(service.answer, host, port)


def _people(path: Path) -> list[Holder]:
    """The persons of the list, and the organisations of the list and of `organisations.yaml` beside it."""
    found = []
    for file in (path, path.with_name("organisations.yaml")):
        told = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
        found += [Holder(str(row["login"]), row["name"], str(row["phone"])) for row in told.get("persons", ())]
        found += [
            Holder(str(row["tax_code"]), row["name"], str(row["contact"]["phone"]))
            for row in told.get("organisations", ())
        ]
    return found


def _number(user: object) -> str:
    """Of a personal number or a tax code as certificates write them."""
    return str(user).removeprefix("CCCD:").removeprefix("MST:")


def _json(status: int, value: dict[str, Any]) -> Answered:
    return Answered(status, "application/json", json.dumps(value).encode())

"""Two identity providers with OpenID Connect: the national portal's sign-in and VNeID, each under its own issuer.

One picks an invented person and how sure the provider is of them; behind that is the real protocol: authorization code
with PKCE, client secret, signed ID token, userinfo. Keys are new at each start.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

import yaml
from jinja2 import Environment, FileSystemLoader
from joserfc import jwt
from joserfc.jwk import RSAKey

from ansinh.counterparty.web import Answered, Asked, serve
from ansinh.platform.secrets import secret

_HERE: Final = Path(__file__).parent
CLIENT: Final = "ansinh"
CODE_SECONDS, TOKEN_SECONDS = 60.0, 300
NAMES: Final = {"national-portal": "Cổng Dịch vụ công quốc gia (trình diễn)", "vneid": "VNeID (trình diễn)"}
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Known:
    """An invented person as a provider knows one."""

    number: str
    name: str
    born: str


@dataclass(frozen=True)
class _Given:
    """A code handed out: for whom, at which level, for which request."""

    person: Known
    level: str
    request: Mapping[str, str]
    ends: float


class _Refused(Exception):
    """The first argument is an error code of the protocol."""


class IdentityProvider:
    """One issuer. `origin` is where all of them listen."""

    def __init__(self, key: str, *, origin: Callable[[], str], people: list[Known], client_secret: str) -> None:
        self.key, self._origin, self._people, self._secret = key, origin, people, client_secret
        self._signing = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig", "alg": "RS256"})
        self._lock = threading.Lock()
        self._codes: dict[str, _Given] = {}
        self._tokens: dict[str, _Given] = {}
        environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True)
        self._page = environment.get_template("identity.html")

    @property
    def issuer(self) -> str:
        """The name it signs with."""
        return f"{self._origin()}/{self.key}"

    def answer(self, asked: Asked, path: str, query: Mapping[str, str]) -> Answered:
        """One request below the issuer."""
        try:
            if asked.method == "GET" and path == ".well-known/openid-configuration":
                return _json(200, self._document())
            if asked.method == "GET" and path == "jwks":
                return _json(200, {"keys": [self._signing.as_dict(private=False)]})
            if asked.method == "GET" and path == "authorize":
                return self._choose(query)
            if asked.method == "GET" and path == "chosen":
                return self._send_back(query)
            if asked.method == "POST" and path == "token":
                return _json(200, self._token(asked))
            if asked.method == "GET" and path == "userinfo":
                return _json(200, self._userinfo(asked))
        except _Refused as refused:
            return _json(400, {"error": refused.args[0]})
        return _json(404, {"error": "not_found"})

    def _document(self) -> dict[str, Any]:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        return {
            "issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks",
            **{name: f"{self.issuer}/{path}" for name, path in ends.items()},
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"],
        }  # fmt: skip

    def _choose(self, query: Mapping[str, str]) -> Answered:
        request = _request(query)
        links = [
            {"name": one.name, "number": one.number, "born": one.born, "ways": self._ways(one, request)}
            for one in self._people
        ]
        no = f"{request['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': request['state']})}"
        html = self._page.render(title=NAMES[self.key], people=links, no=no)
        return Answered(200, "text/html; charset=utf-8", html.encode())

    def _ways(self, one: Known, request: Mapping[str, str]) -> list[dict[str, str]]:
        levels = {"2": "Định danh mức 2", "1": "Định danh mức 1"}
        return [
            {
                "label": label,
                "href": f"/{self.key}/chosen?{urlencode({**request, 'person': one.number, 'level': level})}",
            }
            for level, label in levels.items()
        ]

    def _send_back(self, query: Mapping[str, str]) -> Answered:
        request = _request(query)
        person = next((one for one in self._people if one.number == query.get("person")), None)
        if person is None or query.get("level") not in {"1", "2"}:
            raise _Refused("invalid_request")
        code = secrets.token_urlsafe(24)
        with self._lock:
            self._codes[code] = _Given(person, query["level"], request, time.monotonic() + CODE_SECONDS)
        back = urlencode({"code": code, "state": request["state"], "iss": self.issuer})
        return Answered(302, "text/plain", b"", location=f"{request['redirect_uri']}?{back}")

    def _token(self, asked: Asked) -> dict[str, Any]:
        self._refuse_foreign_client(asked.headers.get("Authorization", ""))
        form = _query(asked.body.decode("ascii", "replace"))
        with self._lock:
            given = self._codes.pop(form.get("code", ""), None)
        if given is None or given.ends < time.monotonic() or form.get("redirect_uri") != given.request["redirect_uri"]:
            raise _Refused("invalid_grant")
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if not hmac.compare_digest(challenge.rstrip(b"=").decode(), given.request["code_challenge"]):
            raise _Refused("invalid_grant")
        access, now = secrets.token_urlsafe(24), int(time.time())
        with self._lock:
            self._tokens[access] = given
        claims = {
            **self._claims(given), "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + TOKEN_SECONDS,
            "nonce": given.request["nonce"],
        }  # fmt: skip
        header = {"alg": "RS256", "kid": self._signing.kid}
        return {
            "access_token": access, "token_type": "Bearer", "expires_in": TOKEN_SECONDS,
            "id_token": jwt.encode(header, claims, self._signing),
        }  # fmt: skip

    def _refuse_foreign_client(self, sent: str) -> None:
        try:
            pair = base64.b64decode(sent.removeprefix("Basic "), validate=True).decode()
        except ValueError as error:
            raise _Refused("invalid_client") from error
        name, _, key = pair.partition(":")
        if name != CLIENT or not hmac.compare_digest(unquote_plus(key).encode(), self._secret.encode()):
            raise _Refused("invalid_client")

    def _userinfo(self, asked: Asked) -> dict[str, Any]:
        with self._lock:
            given = self._tokens.get(asked.headers.get("Authorization", "").removeprefix("Bearer "))
        if given is None:
            raise _Refused("invalid_token")
        return self._claims(given)

    def _claims(self, given: _Given) -> dict[str, Any]:
        """What each of the two says of a person (public client code of both)."""
        one = given.person
        subject = hashlib.sha256(f"{self.key}:{one.number}".encode()).hexdigest()[:32]
        if self.key == "vneid":
            return {
                "sub": subject, "preferred_username": one.number, "name": one.name, "birthdate": one.born,
                "acr": given.level,
            }  # fmt: skip
        return {
            "sub": subject, "TechID": subject[:12], "LoaiTaiKhoan": "1", "HoVaTen": one.name, "SoDinhDanh": one.number,
            "NgayThangNamSinh": one.born.replace("-", ""), "loginIdp": "BCA" if given.level == "2" else "VNCONNECT",
        }  # fmt: skip


def serve_identity(people: Path, secrets_folder: Path, host: str, port: int) -> ThreadingHTTPServer:
    """Listen for portals and for browsers."""
    known = _people(people)
    server: ThreadingHTTPServer

    def origin() -> str:
        return f"http://localhost:{server.server_address[1]}"

    issuers = {
        key: IdentityProvider(
            key, origin=origin, people=known, client_secret=secret(f"oidc-{key}", folder=secrets_folder)
        )
        for key in NAMES
    }

    def answer(asked: Asked) -> Answered:
        address = urlsplit(asked.path)
        if address.path == "/page.css":
            return Answered(200, "text/css; charset=utf-8", (_HERE / "page.css").read_bytes())
        key, _, path = address.path.lstrip("/").partition("/")
        if key not in issuers:
            return _json(404, {"error": "not_found"})
        return issuers[key].answer(asked, path, _query(address.query))

    server = serve(answer, host, port)
    return server


def _request(query: Mapping[str, str]) -> dict[str, str]:
    """The parts of an authorization request, if it is one for this client and leads back to this machine."""
    wanted = ("client_id", "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method", "scope")
    request = {name: query.get(name, "") for name in wanted}
    if (
        request["client_id"] != CLIENT
        or query.get("response_type", "code") != "code"
        or request["code_challenge_method"] != "S256"
        or "openid" not in request["scope"].split()
        or not all(request.values())
        or urlsplit(request["redirect_uri"]).hostname not in _LOOPBACK
    ):
        raise _Refused("invalid_request")
    return request


def _people(path: Path) -> list[Known]:
    """Those of the list; who has no account here comes last."""
    facts = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    rows = [*facts.get("persons", []), *facts.get("insured", [])]
    return [Known(str(row["login"]), row["name"], str(row["born"])) for row in rows if "born" in row]


def _query(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}


def _json(status: int, value: dict[str, Any]) -> Answered:
    return Answered(status, "application/json", json.dumps(value).encode())

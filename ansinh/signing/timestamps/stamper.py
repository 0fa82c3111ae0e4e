"""Who stamps: an authority over HTTP, and what is said when it is down."""

import http.client
import threading
import time
from functools import lru_cache
from typing import Final, Protocol
from urllib.parse import urlsplit

from asn1crypto import cms, tsp
from django.conf import settings

from ansinh.platform.errors import NotNow
from ansinh.signing.timestamps.reply import BadReply, checked_token
from ansinh.signing.timestamps.request import request_for
from ansinh.signing.trust.folder import trust_list

SECONDS: Final = 3.0
"""The longest an authority may take; a person waits meanwhile."""
MOST_BYTES: Final = 64 * 1024


class TimestampsDown(NotNow):
    """No time-stamp can be had now; `why` is for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "timestamps-down",
            "Nơi cấp dấu thời gian đang không trả lời. Việc ký được làm tiếp ngay khi nơi đó hoạt động lại.",
            why=why,
        )


class Stamper(Protocol):
    """Gives time-stamps."""

    def stamp(self, digest: bytes) -> cms.ContentInfo:
        """A checked time-stamp token over this SHA-256. Raises TimestampsDown."""


class HttpStamper:
    """The authority at an address; its replies are checked before anybody gets them."""

    def __init__(self, url: str, *, policy: str, rest_seconds: float, seconds: float = SECONDS) -> None:
        self._address, self._policy, self._seconds, self._rest = urlsplit(url), policy, seconds, rest_seconds
        self._lock = threading.Lock()
        self._left_alone_until = 0.0

    def stamp(self, digest: bytes) -> cms.ContentInfo:
        """A checked time-stamp token over this SHA-256. Raises TimestampsDown."""
        with self._lock:
            if time.monotonic() < self._left_alone_until:
                raise TimestampsDown("left alone after a failure")
        request = request_for(digest, policy=self._policy)
        try:
            reply = self._asked(request)
            return checked_token(reply, request=request, policy=self._policy, listed=trust_list())
        except (OSError, http.client.HTTPException, BadReply) as fault:
            with self._lock:
                self._left_alone_until = time.monotonic() + self._rest
            raise TimestampsDown(f"{type(fault).__name__}: {fault}") from fault

    def _asked(self, request: tsp.TimeStampReq) -> bytes:
        """The authority's answer, all of it within the seconds it has."""
        end = time.monotonic() + self._seconds
        kind = http.client.HTTPSConnection if self._address.scheme == "https" else http.client.HTTPConnection
        connection = kind(self._address.hostname or "", self._address.port, timeout=self._seconds)
        try:
            connection.request(
                "POST", self._address.path or "/", request.dump(), {"Content-Type": "application/timestamp-query"}
            )
            answer = connection.getresponse()
            if answer.status != http.client.OK:
                raise BadReply(f"HTTP {answer.status}")
            body = b""
            while chunk := answer.read1(MOST_BYTES):
                body += chunk
                if len(body) > MOST_BYTES or time.monotonic() > end:
                    raise BadReply("too long")
            return body
        finally:
            connection.close()


class _Nobody:
    """No authority is configured."""

    def stamp(self, digest: bytes) -> cms.ContentInfo:
        raise TimestampsDown("ANSINH_TIMESTAMP_URL is not set")


def stamper() -> Stamper:
    """The configured authority."""
    return _configured(settings.TIMESTAMP_URL, settings.TIMESTAMP_POLICY, settings.TIMESTAMP_REST_SECONDS)


@lru_cache(maxsize=8)
def _configured(url: str, policy: str, rest_seconds: float) -> Stamper:
    return HttpStamper(url, policy=policy, rest_seconds=rest_seconds) if url else _Nobody()

"""The one way out to a remote signing service: its own address, no redirect, no proxy, short and small; JSON only."""

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlsplit

from ansinh.platform.errors import DomainError
from ansinh.signing.remote.services import Service

SECONDS: Final = 10.0
MOST_BYTES: Final = 1024 * 1024
_WRONG_SECRET: Final = frozenset({"invalid_otp", "invalid_pin"})


class RemoteDown(DomainError):
    """The service does not answer, too slowly, or not in its protocol."""


class RemoteRefused(DomainError):
    """The service answered that it will not; `facts["error"]` is its own code."""


def ask(service: Service, endpoint: str, values: dict[str, Any]) -> dict[str, Any]:
    """One call of the service's API, in the words of its version. Raises RemoteDown, RemoteRefused."""
    body = json.dumps(as_spoken(service.api, endpoint, values)).encode()
    status, content = _exchange(service, endpoint, body)
    try:
        answer = json.loads(content)
    except ValueError as error:
        raise _wrong(service) from error
    if not isinstance(answer, dict):
        raise _wrong(service)
    if status == 200:
        return answer
    if 400 <= status < 500 and isinstance(answer.get("error"), str):
        raise _refusal(service, answer["error"])
    raise _wrong(service)


def as_spoken(api: str, endpoint: str, values: dict[str, Any]) -> dict[str, Any]:
    """The request of version 1 in the words of `api`: version 2 names hashes and secrets differently."""
    if api == "v1":
        return values
    said = dict(values)
    if "hash" in said:
        said["hashes"] = said.pop("hash")
    if "hashAlgo" in said:
        said["hashAlgorithmOID"] = said.pop("hashAlgo")
    if endpoint == "credentials/authorize":
        secrets = [{"id": name, "value": said.pop(name)} for name in ("PIN", "OTP") if name in said]
        said |= {"authData": secrets, "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1"}
    return said


def wrong_answer(service: Service) -> RemoteDown:
    """The answer to a service that does not keep to its protocol."""
    return _wrong(service)


def _exchange(service: Service, endpoint: str, body: bytes) -> tuple[int, bytes]:
    place = urlsplit(service.url)
    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    connection = kind(place.hostname or "", place.port, timeout=SECONDS)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if service.token:
        headers["Authorization"] = f"Bearer {service.token}"
    try:
        connection.request("POST", f"{place.path}/csc/{service.api}/{endpoint}", body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read(MOST_BYTES + 1)
    except (OSError, HTTPException) as error:
        raise RemoteDown(
            "remote-down",
            "Dịch vụ ký số “{service}” không trả lời. Hồ sơ vẫn còn nguyên; xin thử lại sau ít phút "
            "hoặc xác nhận bằng cách khác.",
            service=service.name,
        ) from error
    finally:
        connection.close()
    if len(content) > MOST_BYTES:
        raise _wrong(service)
    return answer.status, content


def _refusal(service: Service, error: str) -> RemoteRefused:
    if error in _WRONG_SECRET:
        return RemoteRefused(
            "remote-wrong-secret", "Mã PIN hoặc OTP chưa đúng, hoặc OTP đã hết hạn. Xin nhập lại.", error=error
        )
    return RemoteRefused(
        "remote-refused",
        "Dịch vụ ký số “{service}” từ chối ký (mã {error}). Xin hỏi dịch vụ đó, hoặc xác nhận bằng cách khác.",
        service=service.name,
        error=error[:60],
    )


def _wrong(service: Service) -> RemoteDown:
    return RemoteDown(
        "remote-wrong-answer",
        "Dịch vụ ký số “{service}” trả lời không đúng chuẩn nên chưa ký được. Xin thử lại sau hoặc chọn cách khác.",
        service=service.name,
    )

"""Time-stamps: checked before they are used, verified by OpenSSL, and OpenSSL's accepted."""

import hashlib
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from asn1crypto import tsp
from pytest_django import Settings

from ansinh.counterparty.timestamps import POLICY, Temper, TimestampAuthority
from ansinh.counterparty.web import Answered, Asked, serve
from ansinh.signing import keystore
from ansinh.signing.certificates import YEAR, Subject, authority_certificate, new_rsa_key, signer_certificate
from ansinh.signing.certificates import timestamp_certificate as for_time
from ansinh.signing.timestamps import TimestampsDown, stamper
from ansinh.signing.timestamps.reply import BadReply, checked_token, stamped_at
from ansinh.signing.timestamps.request import request_for
from ansinh.signing.timestamps.stamper import SECONDS, HttpStamper
from ansinh.signing.trust import folder
from ansinh.signing.trust.folder import trust_list
from ansinh.signing.trust.listed import TrustList
from tests.signing.papers import AT

DIGEST = hashlib.sha256("Quyết định 12/QĐ-BHXH".encode()).digest()


def openssl(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is missing")
    return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=False)


def reply_of(request: tsp.TimeStampReq, keys: Path) -> bytes:
    """What the demonstration's authority answers."""
    authority = TimestampAuthority(lambda: keys, Temper(), clock=lambda: AT)
    return authority.answer(Asked("POST", "/", {}, request.dump())).body


def check(reply: bytes, request: tsp.TimeStampReq, *, policy: str = "") -> object:
    return stamped_at(checked_token(reply, request=request, policy=policy, listed=trust_list()))


def test_a_stamp_says_the_authoritys_moment() -> None:
    assert stamped_at(stamper().stamp(DIGEST)) == AT


def test_openssl_verifies_our_authoritys_reply(keys: Path, tmp_path: Path) -> None:
    (tmp_path / "paper").write_bytes(b"giay")
    (tmp_path / "roots.pem").write_bytes((keys / "root.cert.pem").read_bytes())
    request = request_for(hashlib.sha256(b"giay").digest())
    (tmp_path / "request").write_bytes(request.dump())
    (tmp_path / "reply").write_bytes(reply_of(request, keys))
    for asked in (("-data", tmp_path / "paper"), ("-queryfile", tmp_path / "request")):
        done = openssl(
            "ts", "-verify", *asked, "-in", tmp_path / "reply", "-CAfile", tmp_path / "roots.pem",
            "-attime", str(int(AT.timestamp())),
        )  # fmt: skip
        assert "Verification: OK" in done.stdout + done.stderr, done.stderr
    (tmp_path / "paper").write_bytes(b"giay khac")
    done = openssl(
        "ts", "-verify", "-data", tmp_path / "paper", "-in", tmp_path / "reply", "-CAfile", tmp_path / "roots.pem"
    )
    assert done.returncode != 0


def test_a_reply_made_by_openssl_is_accepted(keys: Path, tmp_path: Path) -> None:
    request = request_for(DIGEST, policy=POLICY)
    (tmp_path / "request").write_bytes(request.dump())
    (tmp_path / "serial").write_text("01")
    (tmp_path / "chain.pem").write_bytes((keys / "issuing.cert.pem").read_bytes())
    (tmp_path / "tsa.cnf").write_text(
        f"[tsa]\ndefault_tsa = one\n[one]\nserial = {tmp_path}/serial\nsigner_cert = {keys}/time-stamps.cert.pem\n"
        f"signer_key = {keys}/time-stamps.key.pem\ncerts = {tmp_path}/chain.pem\nsigner_digest = sha256\n"
        f"default_policy = {POLICY}\ndigests = sha256\ness_cert_id_alg = sha256\nordering = no\n"
    )
    done = openssl(
        "ts", "-reply", "-config", tmp_path / "tsa.cnf", "-queryfile", tmp_path / "request", "-out", tmp_path / "reply"
    )
    assert done.returncode == 0, done.stderr
    assert check((tmp_path / "reply").read_bytes(), request, policy=POLICY)


def other_nonce(request: tsp.TimeStampReq) -> tsp.TimeStampReq:
    return tsp.TimeStampReq(request.native | {"nonce": request["nonce"].native + 1})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda request: request_for(hashlib.sha256(b"other").digest()), "another digest"),
        (lambda request: request_for(DIGEST), "another nonce"),
    ],
)
def test_a_stamp_for_another_request_is_refused(
    keys: Path, change: Callable[[tsp.TimeStampReq], tsp.TimeStampReq], why: str
) -> None:
    request = request_for(DIGEST)
    with pytest.raises(BadReply, match=why):
        check(reply_of(change(request), keys), request)


def test_another_policy_is_refused(keys: Path) -> None:
    request = request_for(DIGEST)
    with pytest.raises(BadReply, match="another policy"):
        check(reply_of(request, keys), request, policy="1.2.3.4")


def test_an_unknown_authority_is_refused(keys: Path) -> None:
    request = request_for(DIGEST)
    with pytest.raises(BadReply, match="not trusted"):
        checked_token(reply_of(request, keys), request=request, policy="", listed=TrustList((), ""))


@pytest.mark.parametrize("part", range(1, 40))
def test_a_changed_byte_is_refused(keys: Path, part: int) -> None:
    request = request_for(DIGEST)
    reply = reply_of(request, keys)
    at = len(reply) * part // 40
    changed = reply[:at] + bytes([reply[at] ^ 1]) + reply[at + 1 :]
    try:
        found = check(changed, request)
    except BadReply:
        return
    assert found == AT  # a byte of a certificate that nobody needs, or of the status text


def test_a_weak_digest_is_rejected_in_words_openssl_reads(keys: Path, tmp_path: Path) -> None:
    imprint = {"hash_algorithm": {"algorithm": "sha1"}, "hashed_message": b"\x00" * 20}
    request = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "cert_req": True})
    (tmp_path / "reply").write_bytes(reply_of(request, keys))
    said = openssl("ts", "-reply", "-in", tmp_path / "reply", "-text").stdout
    assert "Status: Rejected." in said
    assert "unrecognized or unsupported algorithm identifier" in said
    with pytest.raises(BadReply):
        check((tmp_path / "reply").read_bytes(), request_for(DIGEST))


@pytest.mark.parametrize("garbage", [b"", b"\x30", b"<html>", b"\x30\x03\x02\x01\x00", b"\x00" * 5000])
def test_no_reply_at_all_is_refused(garbage: bytes) -> None:
    with pytest.raises(BadReply):
        check(garbage, request_for(DIGEST))


def test_a_certificate_that_is_not_for_time_stamps_is_refused(fresh_keys: Path, tmp_path: Path) -> None:
    root_key, key = new_rsa_key(2048), new_rsa_key(2048)
    root = authority_certificate(Subject("Gốc", "Thử"), key=root_key, issuer=None, not_before=AT - YEAR, years=9)
    from ansinh.signing.certificates import Issuer

    values = {"public_key": key.public_key(), "issuer": Issuer(root, root_key), "not_before": AT - YEAR, "years": 5}
    request = request_for(DIGEST)
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    entry = {"name": "Thử", "root": root.public_bytes(Encoding.PEM), "intermediates": [], "addresses": []}
    folder.write("thu", **entry, first_day=(AT - YEAR).date(), last_day=(AT + YEAR).date(), unknown="warn")  # type: ignore[arg-type]
    listed = trust_list()
    (tmp_path / "issuing.cert.pem").write_bytes(root.public_bytes(Encoding.PEM))
    (tmp_path / "time-stamps.key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for make, good in ((for_time, True), (signer_certificate, False)):
        certificate = make(Subject("Đóng dấu", "Thử"), **values)  # type: ignore[arg-type]
        (tmp_path / "time-stamps.cert.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        reply = reply_of(request, tmp_path)
        if good:
            checked_token(reply, request=request, policy="", listed=listed)
        else:
            with pytest.raises(BadReply):
                checked_token(reply, request=request, policy="", listed=listed)


@pytest.mark.parametrize("temper", ["down", "wrong"])
def test_an_authority_out_of_order_is_said(timestamps: Temper, temper: str) -> None:
    timestamps.now = temper
    with pytest.raises(TimestampsDown) as down:
        stamper().stamp(DIGEST)
    assert down.value.code == "timestamps-down"
    timestamps.now = "well"
    assert stamper().stamp(DIGEST)


def slow_server(answer: Callable[[Asked], Answered]) -> ThreadingHTTPServer:
    return serve(answer, "127.0.0.1", 0)


def test_a_slow_authority_is_not_waited_for() -> None:
    gate = threading.Event()

    def answer(asked: Asked) -> Answered:
        gate.wait(10)
        return Answered(200, "application/timestamp-reply", b"")

    server = slow_server(answer)
    url = f"http://127.0.0.1:{server.server_port}/"
    patient = HttpStamper(url, policy="", rest_seconds=60, seconds=0.3)
    began = time.monotonic()
    with pytest.raises(TimestampsDown):
        patient.stamp(DIGEST)
    assert 0.25 < time.monotonic() - began < 2
    began = time.monotonic()
    with pytest.raises(TimestampsDown, match="đang không trả lời"):
        patient.stamp(DIGEST)  # left alone: the next one does not wait at all
    assert time.monotonic() - began < 0.1
    gate.set()
    server.shutdown()
    server.server_close()
    assert SECONDS <= 3


def test_without_an_authority_nothing_is_stamped(settings: Settings) -> None:
    settings.TIMESTAMP_URL = ""
    with pytest.raises(TimestampsDown):
        stamper().stamp(DIGEST)


def test_the_authority_publishes_its_newest_lists(fresh_keys: Path) -> None:
    from ansinh.signing.authority import ensure_authority
    from ansinh.signing.material import current_list

    ensure_authority(at=AT)
    published = current_list("issuing", at=AT)
    authority = TimestampAuthority(lambda: fresh_keys, Temper(), clock=lambda: AT)
    answered = authority.answer(Asked("GET", "/issuing.crl", {}, b""))
    assert (answered.status, answered.body) == (200, published.dump())
    assert authority.answer(Asked("GET", "/issuing.key.pem", {}, b"")).status == 404


def test_a_revoked_certificate_is_on_the_next_list(fresh_keys: Path) -> None:
    from ansinh.signing.authority import PORTAL, ensure_authority
    from ansinh.signing.material import current_list, revoke

    ensure_authority(at=AT)
    serial = keystore.load_certificate(PORTAL).serial_number
    assert not current_list("issuing", at=AT)["tbs_cert_list"]["revoked_certificates"].native
    revoke(serial, at=AT)
    rows = current_list("issuing", at=AT + timedelta(hours=1))["tbs_cert_list"]["revoked_certificates"].native
    assert [row["user_certificate"] for row in rows] == [serial]

"""From the portal's request to the signature: nothing without the press, nothing twice, each failure its sentence."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms as asn1_cms
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from ansinh_token.orders import PIN_TRIES
from token_world.certificates import NOW, Authority
from token_world.papers import DOCUMENT, Offered, offer, signed_info
from token_world.program import Running, running
from token_world.second_opinions import pdfsig, pyhanko_finds_valid
from token_world.soft_token import PIN, SoftToken


@pytest.fixture
def program(token: SoftToken) -> Iterator[Running]:
    """The program with Hoa's token, paired with the portal's page."""
    with running(token.module) as started:
        started.pair()
        yield started


def request_of(program: Running, offered: Offered, **changed: Any) -> dict[str, Any]:
    (certificate,) = program.ask("certificates").json["certificates"]
    return {
        "certificate": certificate["id"],
        "kind": "pdf",
        "title": "Tờ khai trợ cấp thai sản",
        "dossier_number": "03706/2026/07906",
        "document": base64.b64encode(offered.pdf).decode(),
    } | changed


@pytest.fixture
def offered(program: Running) -> Offered:
    """A PDF the portal prepared for the certificate it was shown."""
    (certificate,) = program.ask("certificates").json["certificates"]
    return offer(base64.b64decode(certificate["der"]))


@pytest.fixture
def asked(program: Running, offered: Offered) -> str:
    """A request that waits for Hoa."""
    return str(program.ask("sign", request_of(program, offered)).json["request"])


def result(program: Running, asked: str) -> dict[str, Any]:
    return program.ask("sign/result", {"request": asked}).json


def press(program: Running, asked: str, pin: str = PIN) -> str:
    reply = program.press(f"sign/{asked}", {"pin": pin, "do": "sign"})
    return reply.text if reply.status == 200 else str(reply.status)


def test_the_page_learns_of_certificates_and_nothing_of_the_token(program: Running) -> None:
    (certificate,) = program.ask("certificates").json["certificates"]
    assert set(certificate) == {"id", "subject", "issuer", "not_before", "not_after", "der"}
    assert certificate["subject"] == "Nguyễn Thị Hoa · CCCD:999123456789"
    assert certificate["issuer"] == "CA Thử nghiệm · Nhà cung cấp Thử nghiệm"


def test_a_pressed_pdf_is_signed_as_pyhanko_and_poppler_want_it(
    program: Running, offered: Offered, asked: str, authority: Authority, tmp_path: Path
) -> None:
    assert press(program, asked) == "303"
    told = result(program, asked)
    assert told["state"] == "signed"
    signed = offered.finish(base64.b64decode(told["cms"]))
    assert pyhanko_finds_valid(signed, authority)
    said = pdfsig(signed, tmp_path)
    assert "Signature is Valid." in said
    assert "ETSI.CAdES.detached" in said
    assert "Nguyễn Thị Hoa" in said


def test_the_signature_names_its_certificate_and_carries_no_time(
    program: Running, asked: str, offered: Offered
) -> None:
    press(program, asked)
    made = asn1_cms.ContentInfo.load(base64.b64decode(result(program, asked)["cms"]))
    (signer,) = made["content"]["signer_infos"]
    attributes = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}
    assert set(attributes) == {"content_type", "message_digest", "signing_certificate_v2"}
    assert attributes["message_digest"] == offered.prepared.document_digest


def test_xml_is_signed_over_its_signed_info(program: Running, offered: Offered, key: rsa.RSAPrivateKey) -> None:
    asking = request_of(
        program,
        offered,
        kind="xml",
        document=base64.b64encode(DOCUMENT).decode(),
        signed_info=base64.b64encode(signed_info()).decode(),
    )
    asked = program.ask("sign", asking).json["request"]
    shown = program.open(f"sign/{asked}/document")
    assert (shown.body, shown.headers["content-type"]) == (DOCUMENT, "text/plain; charset=utf-8")
    assert press(program, asked) == "303"
    signature = base64.b64decode(result(program, asked)["signature"])
    key.public_key().verify(signature, signed_info(), padding.PKCS1v15(), hashes.SHA256())


def test_the_person_sees_what_will_be_signed(program: Running, asked: str, offered: Offered) -> None:
    page = program.open(f"sign/{asked}").text
    digest = offered.prepared.document_digest.hex()
    for shown in (
        "Tờ khai trợ cấp thai sản",
        "03706/2026/07906",
        "https://cong.example.vn",
        "Nguyễn Thị Hoa",
        digest[:8],
    ):
        assert shown in page
    assert "Sign this document?" in program.open(f"sign/{asked}?lang=en").text
    document = program.open(f"sign/{asked}/document")
    assert (document.body, document.headers["content-type"]) == (offered.pdf, "application/pdf")


def test_nothing_is_signed_without_the_press(program: Running, asked: str) -> None:
    program.open(f"sign/{asked}")
    assert result(program, asked) == {"state": "waiting"}
    own = f"http://127.0.0.1:{program.service.port}"
    path = program.service.own_side.path_of(program.service.own_side.orders.find(asked))
    for body, origin in (
        (f"pin={PIN}&do=sign", own),
        (f"pin={PIN}&do=sign&form_key=invented", own),
        (
            f"pin={PIN}&do=sign&form_key={program.service.own_side.orders.find(asked).form_key}",
            "https://cong.example.vn",
        ),
        (f"pin={PIN}&do=sign&form_key={program.service.own_side.orders.find(asked).form_key}", "null"),
    ):
        assert program.send("POST", path, body=body.encode(), headers={"Origin": origin}).status == 403
    assert result(program, asked) == {"state": "waiting"}


def test_nothing_is_signed_twice(program: Running, asked: str) -> None:
    order = program.service.own_side.orders.find(asked)
    assert press(program, asked) == "303"
    first = result(program, asked)
    form = f"pin={PIN}&do=sign&form_key={order.form_key}".encode()
    again = program.send(
        "POST", program.service.own_side.path_of(order), body=form,
        headers={"Origin": f"http://127.0.0.1:{program.service.port}"},
    )  # fmt: skip
    assert "Đã ký" in again.text
    assert result(program, asked) == first


def test_a_wrong_pin_can_be_mended_three_times(program: Running, asked: str) -> None:
    assert "Mã PIN không đúng" in press(program, asked, "000000")
    assert "Chưa có mã PIN" in press(program, asked, "")
    assert result(program, asked) == {"state": "waiting"}
    for _ in range(PIN_TRIES - 1):
        ended = press(program, asked, "111111")
    assert "Mã PIN sai ba lần" in ended
    assert result(program, asked)["code"] == "wrong-pin-too-often"
    assert "form_key" not in program.open(f"sign/{asked}").text


def test_the_pin_goes_nowhere_else(program: Running, asked: str, capfd: pytest.CaptureFixture[str]) -> None:
    press(program, asked, "918273")
    press(program, asked)
    told = json.dumps(result(program, asked))
    out, err = capfd.readouterr()
    assert not [one for one in (told, out, err) if "918273" in one or PIN in one]


def test_a_cancelled_request_is_unsigned_for_good(program: Running, asked: str) -> None:
    assert program.press(f"sign/{asked}", {"do": "cancel"}).status == 303
    assert result(program, asked)["code"] == "cancelled"
    assert "Chưa ký gì" in program.open(f"sign/{asked}").text
    assert "Chưa ký gì" in press(program, asked) or program.open(f"sign/{asked}").status == 200
    assert result(program, asked)["code"] == "cancelled"


def test_the_portal_gives_up_a_request(program: Running, asked: str) -> None:
    assert program.ask("sign/cancel", {"request": asked}).json["code"] == "cancelled"
    assert program.ask("sign/cancel", {"request": asked}).code == "cancelled"


def test_one_request_waits_at_a_time(program: Running, asked: str, offered: Offered) -> None:
    assert program.ask("sign", request_of(program, offered)).code == "busy"
    program.ask("sign/cancel", {"request": asked})
    assert "request" in program.ask("sign", request_of(program, offered)).json


def test_another_pairing_cannot_collect_the_result(program: Running, asked: str) -> None:
    press(program, asked)
    program.pair()
    assert program.ask("sign/result", {"request": asked}).code == "request-unknown"


def test_an_ended_pairing_takes_its_requests_along(program: Running, asked: str) -> None:
    program.ask("unpair")
    assert "Chưa ký gì" in program.open(f"sign/{asked}").text


def test_a_token_taken_away_is_told_and_may_come_back(program: Running, asked: str, token: SoftToken) -> None:
    token.unplug()
    assert "không còn cắm" in press(program, asked)
    assert result(program, asked) == {"state": "waiting"}
    token.plug_in()
    assert press(program, asked) == "303"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"certificate": "0" * 64}, "token-removed"),
        ({"title": ""}, "bad-request"),
        ({"title": "Tờ khai\x1b[2J"}, "bad-request"),
        ({"title": "Tờ khai \u202egnp"}, "bad-request"),
        ({"title": "x" * 201}, "bad-request"),
        ({"dossier_number": None}, "bad-request"),
        ({"kind": "digest"}, "bad-request"),
        ({"document": "%%%"}, "bad-request"),
        ({"document": base64.b64encode(b"\x01" * 32).decode()}, "not-a-signable-pdf"),
        ({"kind": "xml"}, "bad-request"),
    ],
)
def test_a_request_that_cannot_be_shown_is_refused(
    program: Running, offered: Offered, changed: dict[str, Any], code: str
) -> None:
    assert program.ask("sign", request_of(program, offered, **changed)).code == code


def test_markup_in_a_title_is_only_text(program: Running, offered: Offered) -> None:
    asked = program.ask("sign", request_of(program, offered, title="<b>Tờ khai</b><script>")).json["request"]
    page = program.open(f"sign/{asked}").text
    assert "<script>" not in page
    assert "&lt;b&gt;Tờ khai" in page


def test_an_expired_certificate_signs_nothing(
    empty_token: SoftToken, authority: Authority, key: rsa.RSAPrivateKey
) -> None:
    empty_token.keep(key=key, certificate=authority.issue(key=key, until=NOW - timedelta(days=1)))
    with running(empty_token.module) as program:
        program.pair()
        (certificate,) = program.ask("certificates").json["certificates"]
        offered = offer(base64.b64decode(certificate["der"]))
        asked = str(program.ask("sign", request_of(program, offered)).json["request"])
        assert "không còn trong thời hạn" in press(program, asked)
        assert result(program, asked)["code"] == "certificate-expired"

"""Whatever is wrong with a provider's answer, nobody signs in by it."""

from __future__ import annotations

import base64
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from pytest_django import Settings

from ansinh.people.identity_providers.assertions import AssertedIdentity
from ansinh.people.identity_providers.authorization import begin, finish
from ansinh.people.identity_providers.egress import MOST_BYTES
from ansinh.people.identity_providers.providers import Provider, provider
from ansinh.people.identity_providers.refusals import IdentityRefused, ProviderDown
from tests.people.identity.conftest import AT
from tests.people.identity.issuer import CLIENT, Issuer

BACK = "http://localhost:8000/dang-nhap/qua/issuer/ve"
NOW = int(AT.timestamp())


def signed_in(fake: Issuer, chosen: Provider | None = None, *, nonce: str = "") -> AssertedIdentity:
    """A whole sign-in, with the nonce the portal asked for unless the issuer was told another."""
    chosen = chosen or fake.provider()
    begun = begin(chosen, redirect_uri=BACK)
    fake.nonce = nonce or begun.nonce
    return finish(chosen, code="c", nonce=begun.nonce, verifier=begun.verifier, redirect_uri=BACK, at=AT)


def part(value: dict[str, Any]) -> str:
    """A part of a token written by hand."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def why(fake: Issuer, chosen: Provider | None = None, *, nonce: str = "") -> str:
    """The check that refuses the answer."""
    with pytest.raises(IdentityRefused) as refused:
        signed_in(fake, chosen, nonce=nonce)
    return str(refused.value.facts["why"])


@pytest.mark.requirement("R-050")
def test_a_genuine_answer_gives_the_asserted_facts(fake: Issuer) -> None:
    fake.claims = {"preferred_username": "090190000018", "name": " Trần  Thị Mai Lan ", "acr": "2"}
    found = signed_in(fake)
    assert (found.issuer, found.subject, found.level) == (fake.url, "subject-1", 2)
    assert (found.personal_number, found.full_name) == ("090190000018", "Trần Thị Mai Lan")


@pytest.mark.requirement("R-051")
def test_the_national_portal_asserts_in_its_own_words(fake: Issuer) -> None:
    fake.userinfo = {
        "sub": "subject-1", "SoDinhDanh": "090190000018", "HoVaTen": "Trần Thị Mai Lan", "NgayThangNamSinh": "19900512",
        "LoaiTaiKhoan": "1", "loginIdp": "BCA", "TechID": "t-1",
    }  # fmt: skip
    found = signed_in(fake, fake.provider("national-portal"))
    assert (found.personal_number, found.date_of_birth, found.level) == ("090190000018", "1990-05-12", 2)
    fake.userinfo["loginIdp"] = "VNCONNECT"
    assert signed_in(fake, fake.provider("national-portal")).level == 1


def test_an_organisation_is_not_a_person(fake: Issuer) -> None:
    fake.userinfo = {"sub": "subject-1", "SoDinhDanh": "", "LoaiTaiKhoan": "2"}
    assert why(fake, fake.provider("national-portal")) == "kind"


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"iss": "https://sso.example.vn"}, "issuer"),
        ({"aud": "another-portal"}, "audience"),
        ({"aud": [CLIENT, "another-portal"]}, "audience"),
        ({"aud": [CLIENT, "another-portal"], "azp": "another-portal"}, "audience"),
        ({"azp": "another-portal"}, "audience"),
        ({"aud": None}, "audience"),
        ({"exp": NOW - 61, "iat": NOW - 300}, "expired"),
        ({"exp": None}, "expired"),
        ({"exp": "2099"}, "expired"),
        ({"iat": NOW - 3600}, "not of now"),
        ({"iat": NOW + 3600}, "not of now"),
        ({"nonce": "of another sign-in"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"sub": ""}, "subject"),
        ({"sub": 90190000018}, "subject"),
    ],
)
def test_a_token_for_somebody_else_or_another_moment_is_refused(
    fake: Issuer, claims: dict[str, Any], reason: str
) -> None:  # fmt: skip
    fake.claims = claims
    assert why(fake) == reason


def test_a_replayed_token_has_an_old_nonce(fake: Issuer) -> None:
    signed_in(fake)
    old = fake.nonce
    assert why(fake, nonce=old) == "nonce"


def test_a_token_without_signature_is_refused(fake: Issuer) -> None:
    fake.token = f"{part({'alg': 'none'})}.{part({'iss': fake.url, 'aud': CLIENT, 'sub': 's'})}."
    assert why(fake) in {"algorithm", "malformed"}


def test_the_public_key_as_a_shared_secret_is_refused(fake: Issuer) -> None:
    signed = f"{part({'alg': 'HS256', 'kid': 'first'})}.{part({'iss': fake.url, 'aud': CLIENT, 'sub': 's'})}"
    mac = hmac.new(fake.key.as_pem(private=False), signed.encode(), "sha256").digest()
    fake.token = f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    assert why(fake) == "algorithm"


def test_a_token_signed_by_another_key_is_refused(fake: Issuer) -> None:
    fake.listed = [fake.key]
    fake.key = RSAKey.generate_key(2048, {"kid": "first"})
    assert why(fake) == "signature"


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "a" * 20_000])
def test_what_is_no_token_is_refused(fake: Issuer, token: str) -> None:
    fake.token = token or " "
    assert why(fake) == "malformed"


def test_a_new_key_is_asked_for_when_a_token_names_it(fake: Issuer, settings: Settings) -> None:
    signed_in(fake)
    fake.key = RSAKey.generate_key(2048, {"kid": "second"})
    settings.IDENTITY_KEYS_REST_SECONDS = 0.0
    assert signed_in(fake).subject == "subject-1"
    asked = fake.asked.count("/jwks")
    signed_in(fake)
    assert fake.asked.count("/jwks") == asked, "a known key is not asked for again"


def test_invented_keys_do_not_make_the_portal_ask_and_ask(fake: Issuer) -> None:
    signed_in(fake)
    fake.key = RSAKey.generate_key(2048, {"kid": "invented"})
    asked = fake.asked.count("/jwks")
    assert [why(fake) for _ in range(5)] == ["key"] * 5
    assert fake.asked.count("/jwks") == asked


def test_userinfo_of_another_subject_is_refused(fake: Issuer) -> None:
    fake.userinfo = {"sub": "subject-2", "SoDinhDanh": "090190000018"}
    assert why(fake) == "subject"


def test_what_the_token_says_stands_against_userinfo(fake: Issuer) -> None:
    fake.claims, fake.userinfo = {"acr": "1"}, {"sub": "subject-1", "acr": "2"}
    assert signed_in(fake).level == 1


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://sso.example.vn"},
        {"token_endpoint": "http://169.254.169.254/latest/meta-data"},
        {"jwks_uri": "http://127.0.0.1:1/jwks"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": "http://user@127.0.0.1/token"},
        {"jwks_uri": None},
    ],
)
def test_a_document_that_leads_elsewhere_is_not_followed(fake: Issuer, document: dict[str, Any]) -> None:
    fake.document = document
    with pytest.raises(ProviderDown):
        begin(fake.provider(), redirect_uri=BACK)
    assert fake.asked == ["/.well-known/openid-configuration"]


@pytest.mark.parametrize(
    ("status", "body"), [(200, b"<html>"), (200, b"[]"), (500, b"{}"), (302, b"{}"), (200, b" " * (MOST_BYTES + 1))]
)
def test_an_answer_out_of_protocol_or_too_large_is_a_provider_that_is_down(
    fake: Issuer, status: int, body: bytes
) -> None:  # fmt: skip
    fake.status, fake.body = status, body
    with pytest.raises(ProviderDown):
        begin(fake.provider(), redirect_uri=BACK)


def test_nobody_listening_is_a_sentence(fake: Issuer) -> None:
    gone = provider("gone", {"like": "vneid", "issuer": "http://127.0.0.1:9", "client_id": "x",
                             "from": AT.date(), "to": AT.date()})  # fmt: skip
    with pytest.raises(ProviderDown, match="không trả lời"):
        begin(gone, redirect_uri=BACK)


def test_an_expired_token_is_good_for_a_minute_of_differing_clocks(fake: Issuer) -> None:
    fake.claims = {"exp": NOW - 59, "iat": NOW - 120}
    assert signed_in(fake).subject == "subject-1"
    fake.claims = {"exp": int((AT - timedelta(seconds=60)).timestamp()), "iat": NOW - 120}
    assert why(fake) == "expired"

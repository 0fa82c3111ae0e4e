"""Who is refused, with what, and that a refused page can read nothing."""

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from string import Formatter

import pytest

from ansinh_token.portal_side import LARGE
from ansinh_token.refusals import REFUSALS
from ansinh_token.words import WORDS
from token_world.program import PORTAL, Running, running

HOSTILE = "https://ke-xau.example"


@pytest.fixture
def program() -> Iterator[Running]:
    """The program on a computer without any token."""
    with running() as started:
        yield started


def test_another_origin_gets_nothing(program: Running) -> None:
    for origin in (HOSTILE, "null", "http://cong.example.vn", f"{PORTAL}:444", f"{PORTAL}.ke-xau.example", ""):
        for route in ("hello", "pair", "certificates", "sign", "sign/result"):
            reply = program.ask(route, origin=origin)
            assert (reply.status, reply.code) == (403, "wrong-origin")
            assert "access-control-allow-origin" not in reply.headers


def test_a_preflight_is_answered_for_the_portal_alone(program: Running) -> None:
    wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Private-Network": "true"}
    good = program.send("OPTIONS", "/v1/sign", headers={"Origin": PORTAL} | wanted)
    assert good.status == 204
    assert good.headers["access-control-allow-origin"] == PORTAL
    assert good.headers["access-control-allow-private-network"] == "true"
    assert good.headers["vary"] == "Origin"
    bad = program.send("OPTIONS", "/v1/sign", headers={"Origin": HOSTILE} | wanted)
    assert bad.status == 403
    assert not [name for name in bad.headers if name.startswith("access-control")]


def test_a_name_bound_to_this_computer_gets_nothing(program: Running) -> None:
    """DNS rebinding: the address is ours, the name is not, whatever origin is claimed."""
    port = program.service.port
    for host in (
        "ke-xau.example",
        f"ke-xau.example:{port}",
        "127.0.0.1",
        f"127.0.0.1:{port + 1}",
        f"127.0.0.2:{port}",
        "",
    ):
        assert program.ask("hello", Host=host).code == "wrong-host"
        assert program.open("", Host=host).status == 403
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"):
        assert program.ask("hello", Host=host).status == 200


def test_nothing_listens_beyond_loopback(program: Running) -> None:
    """All of 127.0.0.0/8 is this computer; a program that listened everywhere would answer here too."""
    with socket.socket() as tried:
        assert tried.connect_ex(("127.0.0.2", program.service.port)) != 0
    with socket.socket() as tried:
        assert tried.connect_ex(("127.0.0.1", program.service.port)) == 0


def test_without_pairing_only_pairing_is_possible(program: Running) -> None:
    assert program.ask("hello").json["paired"] is False
    for route in ("certificates", "sign", "sign/result", "sign/cancel", "unpair"):
        reply = program.ask(route, {"request": "x"})
        assert (reply.status, reply.code) == (401, "not-paired")
        assert reply.headers["access-control-allow-origin"] == PORTAL
    assert program.ask("certificates", Authorization="Bearer invented").code == "not-paired"
    assert program.ask("certificates", Authorization="Basic Og==").code == "not-paired"


def test_a_paired_page_is_known_until_it_leaves(program: Running) -> None:
    program.pair()
    assert program.ask("hello").json["paired"] is True
    assert program.ask("certificates").code in {"no-module", "no-token", "no-certificate"}
    assert program.ask("certificates", origin=HOSTILE).code == "wrong-origin"
    assert program.ask("unpair").json == {"paired": False}
    assert program.ask("certificates").code == "not-paired"


def test_the_number_is_not_told_to_the_page(program: Running) -> None:
    reply = program.ask("pair")
    assert program.service.own_side.pairings.offers()[0].number not in reply.text
    assert set(reply.json) == {"pairing", "expires_in"}


def test_pairing_cannot_be_begun_again_and_again(program: Running) -> None:
    assert [program.ask("pair").status for _ in range(6)] == [200] * 5 + [429]


def test_nobody_asks_too_often(program: Running) -> None:
    replies = [program.ask("hello") for _ in range(125)]
    assert {one.status for one in replies[:120]} == {200}
    assert {one.code for one in replies[120:]} == {"too-many"}


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("POST", "/v1/other", b"{}", "no-route"),
        ("POST", "/v1/hello/", b"{}", "no-route"),
        ("GET", "/v1/hello", b"", "wrong-method"),
        ("PUT", "/v1/hello", b"{}", "wrong-method"),
        ("DELETE", "/v1/hello", b"", "wrong-method"),
        ("POST", "/v1/hello", b"[]", "bad-request"),
        ("POST", "/v1/hello", b"{", "bad-request"),
        ("POST", "/v1/hello", b"[" * 4000, "bad-request"),
        ("POST", "/v1/hello", b"{}" + b" " * 5000, "too-large"),
        ("POST", "/v1/pair/confirm", b'{"pairing": 1, "number": []}', "bad-request"),
        ("POST", "/v1/pair/confirm", b'{"pairing": "x", "number": "000000"}', "pairing-ended"),
    ],
)
def test_anything_else_is_refused(program: Running, method: str, path: str, body: bytes, code: str) -> None:
    reply = program.send(method, path, body=body, headers={"Origin": PORTAL, "Content-Type": "application/json"})
    assert reply.code == code


def test_a_form_of_another_site_is_no_request(program: Running) -> None:
    """text/plain and forms travel without a preflight; they are not read."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        assert program.ask("pair", **{"Content-Type": kind}).code == "bad-request"


def test_a_body_is_bounded_before_it_is_read(program: Running) -> None:
    program.pair()
    with socket.create_connection(("127.0.0.1", program.service.port), timeout=10) as connection:
        connection.sendall(
            f"POST /v1/sign HTTP/1.1\r\nHost: 127.0.0.1:{program.service.port}\r\nOrigin: {PORTAL}\r\n"
            f"Authorization: Bearer {program.token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {LARGE + 1}\r\n\r\n".encode()
        )
        with connection.makefile("rb") as answer:
            assert b"too-large" in answer.read()


def test_strange_requests_do_not_stop_the_program(program: Running) -> None:
    for raw in (b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET http://ke-xau.example/ HTTP/1.1\r\n\r\n", b"A" * 20000):
        address = ("127.0.0.1", program.service.port)
        # It may hang up at once, before everything is said.
        with socket.create_connection(address, timeout=10) as connection, suppress(OSError):
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
    assert program.ask("hello").status == 200


def test_own_pages_need_the_secret_of_this_run(program: Running) -> None:
    for path in ("/", "/x/", "/page.css", f"/{program.service.own_side.secret[:-1]}/", "/enter/invented"):
        assert program.send("GET", path).status in {403, 404}
    assert program.open("").status == 200
    assert program.open("page.css").headers["content-type"] == "text/css; charset=utf-8"


def test_own_pages_are_closed_to_other_sites(program: Running) -> None:
    reply = program.open("")
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert reply.headers["x-frame-options"] == "DENY"
    assert reply.headers["cache-control"] == "no-store"
    assert not [name for name in reply.headers if name.startswith("access-control")]
    for headers in (
        {"Origin": PORTAL},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        assert program.open("", **headers).status == 403


def test_a_way_in_works_once(program: Running) -> None:
    path = program.service.own_side.tickets.to(program.service.own_side.base)
    first = program.send("GET", path)
    assert (first.status, first.headers["location"]) == (303, program.service.own_side.base)
    assert program.send("GET", path).status == 403


def test_a_person_ends_a_pairing(program: Running) -> None:
    program.pair()
    pairing = program.service.own_side.pairings.made()[0]
    assert program.press("", {"pairing": pairing.id}).status == 404
    stolen = program.send(
        "POST", f"{program.service.own_side.base}revoke", body=f"pairing={pairing.id}&form_key=x".encode(),
        headers={"Origin": f"http://127.0.0.1:{program.service.port}"},
    )  # fmt: skip
    assert stolen.status == 403
    key = program.service.own_side.form_key
    done = program.send(
        "POST", f"{program.service.own_side.base}revoke", body=f"pairing={pairing.id}&form_key={key}".encode(),
        headers={"Origin": f"http://127.0.0.1:{program.service.port}"},
    )  # fmt: skip
    assert done.status == 303
    assert program.ask("hello").json["paired"] is False


def test_every_refusal_speaks_both_languages_and_says_what_to_do() -> None:
    for code, kind in REFUSALS.items():
        assert {n for _, n, _, _ in Formatter().parse(kind.vi)} == {n for _, n, _, _ in Formatter().parse(kind.en)}, (
            code
        )
        for sentence in (kind.vi, kind.en):
            assert sentence.count(".") >= 1, code
            assert sentence.endswith("."), code
        assert 400 <= kind.status < 600


def test_every_word_has_its_english_with_the_same_facts() -> None:
    for key, (vi, en) in WORDS.items():
        assert {n for _, n, _, _ in Formatter().parse(vi)} == {n for _, n, _, _ in Formatter().parse(en)}, key


def test_a_refusal_is_json_with_code_and_both_sentences(program: Running) -> None:
    reply = json.loads(program.ask("hello", origin=HOSTILE).body)
    assert set(reply) == {"code", "message_vi", "message_en"}

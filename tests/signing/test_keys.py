"""Keys: in a token nobody can read, used by threads and forks, back after the token was away."""

import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings as present
from django.db import connection

from ansinh.platform.errors import NotFound
from ansinh.signing.keys import SigningKey, TokenDown, provider, signing_key
from ansinh.signing.keys.files import FileKeys
from tests.house.source import ROOT
from tests.signing.papers import LEADER
from tests.signing.tokens import needs_token, token_away


def holds(key: SigningKey, data: bytes, signature: bytes) -> None:
    """Raises when the signature is not the key's."""
    public = provider().public_key(key.name)
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())


def test_the_certificate_belongs_to_the_key_and_stands_under_issuing_authority_and_root() -> None:
    key = signing_key(LEADER)
    holds(key, b"quy\xe1\xba\xbft", key.sign(b"quy\xe1\xba\xbft"))
    names = [one.subject.native["common_name"] for one in key.chain]
    assert names == ["An Sinh – Chứng thực trình diễn", "An Sinh – Gốc trình diễn"]


@needs_token
def test_with_a_module_no_signers_key_is_a_file(keys: Path) -> None:
    assert {path.name for path in keys.glob("*.key.pem")} <= {
        "root.key.pem", "issuing.key.pem", "time-stamps.key.pem", "seal.key.pem",
    }  # fmt: skip


@needs_token
def test_a_key_cannot_be_taken_out_of_the_token() -> None:
    import pkcs11

    provider().public_key(LEADER)  # the library runs and somebody is logged in
    token = pkcs11.lib(present.PKCS11_MODULE).get_token(token_label=present.PKCS11_TOKEN)
    with token.open() as session:
        wanted = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY, pkcs11.Attribute.LABEL: LEADER}
        (key,) = session.get_objects(wanted)
        assert key[pkcs11.Attribute.SENSITIVE] and not key[pkcs11.Attribute.EXTRACTABLE]
        assert key[pkcs11.Attribute.LOCAL]  # made inside
        with pytest.raises(pkcs11.AttributeSensitive):
            key[pkcs11.Attribute.PRIVATE_EXPONENT]


@needs_token
def test_the_token_is_for_the_portals_user_alone() -> None:
    assert present.SOFT_TOKEN_DIR.stat().st_mode & 0o077 == 0


def test_many_threads_sign_at_once() -> None:
    key = signing_key(LEADER)
    made: list[tuple[bytes, bytes]] = []

    def work(number: int) -> None:
        for turn in range(20):
            data = f"{number}-{turn}".encode()
            made.append((data, key.sign(data)))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 160
    for data, signature in made:
        holds(key, data, signature)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_worker_signs_and_so_does_its_parent() -> None:
    key = signing_key(LEADER)
    before = key.sign(b"parent")
    ours, theirs = multiprocessing.Pipe()
    child = os.fork()
    if child == 0:
        try:
            theirs.send_bytes(signing_key(LEADER).sign(b"child"))
        finally:
            os._exit(0)
    assert ours.poll(20)
    holds(key, b"child", ours.recv_bytes())
    os.waitpid(child, 0)
    assert key.sign(b"parent") == before


@pytest.fixture
def stolen_library() -> Iterator[None]:
    """The library stops behind our back, as when a token is taken out and put in again."""
    import pkcs11

    provider().public_key(LEADER)
    pkcs11.lib(present.PKCS11_MODULE).finalize()
    yield


@needs_token
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # python-pkcs11 ends a search of a dead library
def test_after_the_token_was_away_signing_goes_on(stolen_library: None) -> None:
    key = signing_key(LEADER)
    holds(key, b"again", key.sign(b"again"))


@needs_token
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # python-pkcs11 ends a search of a dead library
def test_a_token_that_is_away_is_said_and_comes_back() -> None:
    key = signing_key(LEADER)
    key.sign(b"here")
    with token_away(), pytest.raises(TokenDown) as down:
        key.sign(b"away")
    assert down.value.code == "token-down"
    holds(key, b"back", key.sign(b"back"))


def test_a_name_without_a_key_is_refused() -> None:
    with pytest.raises(NotFound):
        provider().sign("nobody-0", b"")


def test_keys_in_files_sign_alike(fresh_keys: Path) -> None:
    keys = FileKeys()
    assert keys.public_key("someone") is None
    public = keys.create("someone", bits=2048)
    public.verify(keys.sign("someone", b"x"), b"x", padding.PKCS1v15(), hashes.SHA256())
    assert (fresh_keys / "someone.key.pem").stat().st_mode & 0o177 == 0
    with pytest.raises(NotFound):
        keys.sign("nobody", b"x")


@pytest.mark.parametrize(("demonstration", "starts"), [("1", True), ("0", False)])
def test_without_a_module_only_a_demonstration_starts(demonstration: str, starts: bool) -> None:
    environment = os.environ | {"ANSINH_PKCS11_MODULE": "none", "ANSINH_DEMO": demonstration}
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode == 0) is starts
    assert starts or "Chưa có mô-đun PKCS#11" in done.stderr


@pytest.mark.django_db
def test_nothing_of_a_key_is_in_the_database(keys: Path) -> None:
    """Every text, JSON and binary column of every table is looked through."""
    looked_for = ["PRIVATE KEY"]
    if present.PKCS11_MODULE:
        looked_for.append((present.SECRETS_DIR / "token-pin").read_text())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'bytea')"
        )
        columns = cursor.fetchall()
        assert len(columns) > 100
        for table, column in columns:
            for secret in looked_for:
                cursor.execute(
                    f"""SELECT count(*) FROM "{table}" WHERE position(%s in "{column}"::text) > 0""", [secret]
                )
                assert cursor.fetchone() == (0,), f"{table}.{column}"

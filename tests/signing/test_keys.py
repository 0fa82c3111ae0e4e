"""Keys: in a token nobody can read, used by threads and forks, back after the token was away."""

import ctypes
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings as present
from django.db import connection

from ansinh.platform.errors import Conflict, NotFound
from ansinh.signing.keys import KeyProvider, SigningKey, TokenDown, provider, signing_key
from ansinh.signing.keys.files import FileKeys
from ansinh.signing.keys.provider import _made
from tests.house.source import ROOT
from tests.signing.papers import LEADER
from tests.signing.tokens import needs_token, token_away

SECONDS_OF_TROUBLE = float(os.environ.get("ANSINH_TOKEN_SECONDS", "2"))


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

    from ansinh.signing.keys.library import running, turn

    provider().public_key(LEADER)  # the library runs and somebody is logged in
    with turn(), running(present.PKCS11_MODULE).get_token(token_label=present.PKCS11_TOKEN).open() as session:
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


def stop_the_library() -> None:
    """Every session is dead."""
    from ansinh.signing.keys.library import running, turn

    with turn():
        running(present.PKCS11_MODULE).finalize()


def close_all_sessions() -> None:
    """As when a token is taken out and put in again: the library runs on, sessions and log-in are gone."""
    from ansinh.signing.keys.library import running, turn

    with turn():
        slot = running(present.PKCS11_MODULE).get_token(token_label=present.PKCS11_TOKEN).slot.slot_id
        assert ctypes.CDLL(present.PKCS11_MODULE).C_CloseAllSessions(ctypes.c_ulong(slot)) == 0


Trouble = Callable[[], None]
TROUBLES = pytest.mark.parametrize("trouble", [stop_the_library, close_all_sessions])


@needs_token
@TROUBLES
def test_after_the_token_was_away_signing_goes_on(trouble: Trouble) -> None:
    key = signing_key(LEADER)
    key.sign(b"once")
    trouble()
    holds(key, b"again", key.sign(b"again"))


@needs_token
@TROUBLES
def test_after_the_token_was_away_a_key_is_found_and_made(trouble: Trouble) -> None:
    name = f"new-{uuid4().hex[:8]}"
    provider().public_key(LEADER)
    trouble()
    assert provider().public_key(name) is None
    trouble()
    made = provider().create(name, bits=2048)
    trouble()
    assert provider().public_key(name) == made


@needs_token
@TROUBLES
def test_threads_sign_on_while_sessions_die_again_and_again(trouble: Trouble) -> None:
    key = signing_key(LEADER)
    expected = key.sign(b"same")
    until = time.monotonic() + SECONDS_OF_TROUBLE
    wrong: list[object] = []

    def work() -> None:
        try:
            while time.monotonic() < until:
                if key.sign(b"same") != expected or provider().public_key(LEADER) is None:
                    wrong.append("another answer")
        except Exception as fault:
            wrong.append(fault)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        trouble()
        time.sleep(0.02)
    for thread in threads:
        thread.join()
    assert wrong == []


@needs_token
def test_threads_that_come_first_together_get_one_provider() -> None:
    _made.clear()
    found: list[KeyProvider] = []
    threads = [threading.Thread(target=lambda: found.append(provider())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in found}) == 1
    assert found[0].public_key(LEADER) is not None


@needs_token
def test_a_wrong_pin_is_said_and_tried_once_only() -> None:
    from ansinh.signing.keys.pkcs11 import TokenKeys

    asked: list[str] = []

    def pin() -> str:
        asked.append("")
        return "0000-wrong"

    keys = TokenKeys(module=present.PKCS11_MODULE, label=present.PKCS11_TOKEN, pin=pin, alone=nullcontext)
    stop_the_library()
    for _ in range(12):
        with pytest.raises(Conflict, match="token-pin"):
            keys.sign(LEADER, b"x")
    assert len(asked) == 12
    holds(signing_key(LEADER), b"y", signing_key(LEADER).sign(b"y"))


@needs_token
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_fork_in_the_middle_of_the_work_of_others_signs() -> None:
    """The child begins between two calls, never inside one, whatever the threads of its parent do."""
    key = signing_key(LEADER)
    stop = threading.Event()
    threads = [threading.Thread(target=lambda: [key.sign(b"busy") for _ in iter(stop.is_set, True)]) for _ in range(3)]
    for thread in threads:
        thread.start()
    children = []
    for _ in range(5):
        child = os.fork()
        if child == 0:
            done = 1
            try:
                done = 0 if signing_key(LEADER).sign(b"child") == key.sign(b"child") else 2
            finally:
                os._exit(done)
        children.append(child)
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    stop.set()
    for thread in threads:
        thread.join()
    assert ends == [0] * 5


@needs_token
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

"""Passkeys: what the site takes from a browser, and everything it refuses."""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from pytest_django import Settings

from ansinh.notifications.models import Notice
from ansinh.people.doors import passkeys
from ansinh.people.models import Account, Passkey
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotFound
from tests.soft_key import BE, BS, UP, UV, SoftKey
from tests.world import a_moment, a_world

MONDAY = a_moment(date(2026, 11, 9))


@pytest.fixture
def account(db: None, settings: Settings) -> Account:
    """The citizen's, on a site known as localhost:8000."""
    settings.PUBLIC_URL, settings.PASSKEY_RP_ID = "http://localhost:8000", ""
    return Account.objects.get(pk=a_world().citizen.account_id)


def added(account: Account, key: SoftKey, name: str = "Điện thoại") -> SoftKey:
    """The key, known to the account."""
    asked = passkeys.ask_for_new(account, at=MONDAY)
    passkeys.add(account.pk, state=asked.state, answer=key.made(asked.options), name=name, at=MONDAY)
    key.user = account.pk.bytes
    return key


def shown(key: SoftKey, *, wanted: UUID | None = None, late: timedelta = timedelta(0)) -> str:
    """The login that the key opens, or the code of the refusal."""
    asked = passkeys.ask_for_one(wanted, at=MONDAY)
    try:
        opened = passkeys.use(state=asked.state, answer=key.signed(asked.options), account_id=wanted, at=MONDAY + late)
    except DomainError as refused:
        return refused.code
    return str(opened.login)


def test_a_passkey_opens_the_account_without_a_number(account: Account) -> None:
    key = added(account, SoftKey(flags=UP | UV | BE | BS))
    asked = passkeys.ask_for_one(None, at=MONDAY)
    assert "allowCredentials" not in asked.options["publicKey"], "the device itself knows which"
    assert asked.options["publicKey"]["userVerification"] == "required"
    assert shown(key) == account.login
    line = passkeys.passkeys_of(account.pk)[0]
    assert (line.name, line.backed_up, line.used_at) == ("Điện thoại", True, MONDAY)
    assert Notice.objects.filter(code="passkey_added").count() == 1


def test_the_browser_is_asked_for_a_key_of_its_own_that_verifies_its_holder(account: Account) -> None:
    added(account, SoftKey())
    wanted = passkeys.ask_for_new(account, at=MONDAY).options["publicKey"]
    assert wanted["rp"] == {"id": "localhost", "name": "An Sinh"}
    assert wanted["authenticatorSelection"]["userVerification"] == "required"
    assert wanted["authenticatorSelection"]["residentKey"] == "required"
    assert len(wanted["excludeCredentials"]) == 1
    assert json.dumps(wanted).count(account.login) == 0, "no number of the person goes into the device"


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://localhost:8001"},
        {"origin": "https://localhost:8000"},
        {"origin": "http://an-sinh.example"},
        {"rp_id": "an-sinh.example"},
        {"flags": UP},
        {"flags": UV},
    ],
    ids=["another port", "another scheme", "another host", "another domain", "holder not verified", "nobody there"],
)
def test_what_a_relay_or_a_lax_device_makes_is_refused(account: Account, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        added(account, SoftKey(**wrong))  # type: ignore[arg-type]
    key = added(account, SoftKey())
    for name, value in wrong.items():
        setattr(key, name, value)
    assert shown(key) == "passkey-refused"


def test_an_answer_to_another_question_is_refused(account: Account) -> None:
    key = added(account, SoftKey())
    first, second = (passkeys.ask_for_one(None, at=MONDAY) for _ in range(2))
    with pytest.raises(DomainError) as refused:
        passkeys.use(state=second.state, answer=key.signed(first.options), account_id=None, at=MONDAY)
    assert refused.value.code == "passkey-refused"


def test_a_late_answer_is_refused(account: Account) -> None:
    key = added(account, SoftKey())
    assert shown(key, late=passkeys.QUESTION_LIFE) == account.login
    assert shown(key, late=passkeys.QUESTION_LIFE + timedelta(seconds=1)) == "passkey-late"


def test_a_counter_that_does_not_grow_is_a_copy(account: Account) -> None:
    key = added(account, SoftKey(counter=5))
    key.counter = 6
    assert shown(key) == account.login
    assert shown(key) == "passkey-refused", "six again"
    key.counter = 5
    assert shown(key) == "passkey-refused"
    key.counter = 0
    assert shown(key) == "passkey-refused", "a key that counted does not stop counting"
    key.counter = 7
    assert shown(key) == account.login


def test_a_key_opens_its_own_account_only(account: Account) -> None:
    key = added(account, SoftKey())
    officer = Account.objects.get(login="can-bo-counter")
    assert shown(key, wanted=account.pk) == account.login
    assert shown(key, wanted=officer.pk) == "passkey-refused"
    key.user = officer.pk.bytes
    assert shown(key) == "passkey-refused", "what the device says of its user must agree"


def test_a_closed_account_and_a_stranger_get_the_same_answer(account: Account) -> None:
    key = added(account, SoftKey())
    Account.objects.filter(pk=account.pk).update(state="closed")
    assert {shown(key), shown(SoftKey())} == {"passkey-refused"}


def test_a_signature_of_another_key_is_refused(account: Account) -> None:
    key = added(account, SoftKey())
    forged = SoftKey(credential_id=key.credential_id, user=key.user)
    assert shown(forged) == "passkey-refused"


def test_a_key_is_added_once_and_ten_are_enough(account: Account) -> None:
    key = added(account, SoftKey())
    with pytest.raises(Conflict):
        added(account, key)
    for _ in range(passkeys.MOST - 1):
        added(account, SoftKey())
    with pytest.raises(Conflict):
        passkeys.ask_for_new(account, at=MONDAY)


def test_a_removed_key_opens_nothing(account: Account) -> None:
    key = added(account, SoftKey())
    row = Passkey.objects.get()
    stranger = Account.objects.get(login="can-bo-counter")
    with pytest.raises(NotFound):
        passkeys.remove(row.pk, account_id=stranger.pk, at=MONDAY)
    with pytest.raises(NotFound):
        passkeys.rename(row.pk, account_id=stranger.pk, name="x")
    passkeys.rename(row.pk, account_id=account.pk, name="  Máy \n nhà ")
    assert Passkey.objects.get().name == "Máy nhà"
    passkeys.remove(row.pk, account_id=account.pk, at=MONDAY)
    assert shown(key) == "passkey-refused"
    assert Notice.objects.filter(code="passkey_removed").count() == 1


def test_a_parent_domain_may_hold_the_keys_of_several_addresses(account: Account, settings: Settings) -> None:
    settings.PUBLIC_URL, settings.PASSKEY_RP_ID = "https://dichvu.ansinh.example", "ansinh.example"
    assert passkeys.relying_party() == ("ansinh.example", "https://dichvu.ansinh.example")
    key = added(account, SoftKey(origin="https://dichvu.ansinh.example", rp_id="ansinh.example"))
    assert shown(key) == account.login


def test_whatever_is_sent_is_answered_in_a_sentence(account: Account) -> None:
    """Two thousand damaged answers, to making and to showing: none is an error of the program, none opens."""
    key = added(account, SoftKey())
    chance = Random(7)
    codes = set()
    for number in range(2000):
        asked = passkeys.ask_for_one(None, at=MONDAY) if number % 2 else passkeys.ask_for_new(account, at=MONDAY)
        whole = key.signed(asked.options) if number % 2 else SoftKey().made(asked.options)
        answer = _damaged(whole, chance)
        try:
            if number % 2:
                passkeys.use(state=asked.state, answer=answer, account_id=None, at=MONDAY)
            else:
                passkeys.add(account.pk, state=asked.state, answer=answer, name="", at=MONDAY)
                Passkey.objects.exclude(credential_id=key.credential_id).delete()
        except DomainError as refused:
            codes.add(refused.code)
    assert codes == {"passkey-refused", "passkey-not-made"}


def _damaged(whole: str, chance: Random) -> str:
    """One letter changed, a piece cut out, or something else altogether."""
    kind, place = chance.randrange(4), chance.randrange(len(whole))
    if kind == 0:
        return whole[:place] + chance.choice('A0z-_"{}[]:,') + whole[place + 1 :]
    if kind == 1:
        return whole[:place] + whole[place + chance.randrange(1, 40) :]
    if kind == 2:
        answer = json.loads(whole)
        response = answer["response"]
        response[chance.choice(list(response))] = chance.choice(["", "AA", "!!", None, 7, [], {}, "A" * 4000])
        return json.dumps(answer)
    return chance.choice(["", "null", "[]", "{}", "7", '"x"', '{"id":"a"}', '{"rawId":{},"response":[]}'])

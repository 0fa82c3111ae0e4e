"""Authenticator apps, recovery codes and the tries of both."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from ansinh.notifications.models import Notice
from ansinh.people.doors import authenticator, recovery_codes, totp
from ansinh.people.doors.factors import asks_second_step, factors_of
from ansinh.people.doors.rules import door_rules
from ansinh.people.models import Account, AuthenticatorApp, RecoveryCode
from ansinh.people.tokens import give_token
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotAllowed
from tests.threads import together
from tests.world import ID_NUMBER, PASSWORD, a_moment, a_passkey, a_world

MONDAY = a_moment(date(2026, 11, 9))
RFC_SECRET = b"12345678901234567890"


@pytest.fixture
def account(db: None) -> Account:
    """The citizen's."""
    return Account.objects.get(pk=a_world().citizen.account_id)


def now_showing(at: datetime = MONDAY, *, steps: int = 0) -> str:
    """What the app shows."""
    return authenticator.code_of(RFC_SECRET, step=authenticator.step_of(at) + steps)


def with_app(account: Account) -> Account:
    """The account has switched an app on, a minute before."""
    totp.put(account.pk, RFC_SECRET, confirmed_at=MONDAY, at=MONDAY)
    return Account.objects.get(pk=account.pk)


def refusal(attempt: str, account: Account, at: datetime = MONDAY) -> str:
    """The code of the refusal, or empty."""
    try:
        totp.use(account.pk, attempt, at=at)
    except DomainError as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("seconds", "eight_digits"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_those_of_rfc_6238(seconds: int, eight_digits: str) -> None:
    """Appendix B, SHA-1: our six digits are the last six of its eight."""
    step = authenticator.step_of(datetime.fromtimestamp(seconds, UTC))
    assert authenticator.code_of(RFC_SECRET, step=step) == eight_digits[-6:]


def test_the_clock_of_a_telephone_may_be_half_a_minute_wrong_and_no_more() -> None:
    here = authenticator.step_of(MONDAY)
    matches = {
        drift: authenticator.matching_step(RFC_SECRET, authenticator.code_of(RFC_SECRET, step=here + drift), at=MONDAY)
        for drift in (-2, -1, 0, 1, 2)
    }
    assert matches == {-2: None, -1: here - 1, 0: here, 1: here + 1, 2: None}


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12345６７", "-12345", "¹23456"])
def test_what_is_not_six_digits_matches_nothing(typed: str) -> None:
    assert authenticator.matching_step(RFC_SECRET, typed, at=MONDAY) is None


def test_a_code_is_read_as_people_type_it(account: Account) -> None:
    with_app(account)
    code = now_showing()
    wide = "".join(chr(ord(one) - ord("0") + ord("０")) for one in code)
    assert refusal(f" {wide[:3]} {wide[3:]} ", account) == ""


def test_the_qr_code_says_what_apps_expect() -> None:
    said = authenticator.address(RFC_SECRET, account="Trần Lan", issuer="An Sinh")
    assert said == (
        "otpauth://totp/An%20Sinh:Tr%E1%BA%A7n%20Lan?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=An%20Sinh"
        "&algorithm=SHA1&digits=6&period=30"
    )
    assert authenticator.written(RFC_SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"


def test_an_app_counts_only_after_its_first_right_code(account: Account) -> None:
    secret = totp.begin_setup(account.pk, at=MONDAY)
    assert totp.begin_setup(account.pk, at=MONDAY) == secret, "the page may be loaded again"
    assert not factors_of(account.pk).totp
    with pytest.raises(Invalid):
        totp.confirm(account.pk, "000000", at=MONDAY)
    right = authenticator.code_of(secret, step=authenticator.step_of(MONDAY))
    totp.confirm(account.pk, right, at=MONDAY)
    assert factors_of(account.pk).totp and Notice.objects.filter(code="totp_added").count() == 1
    assert refusal(right, account) == "totp-wrong", "the first code is used up"
    with pytest.raises(Conflict):
        totp.begin_setup(account.pk, at=MONDAY)


def test_the_secret_lies_sealed(account: Account) -> None:
    row = with_app(account).authenticator
    assert RFC_SECRET not in bytes(row.sealed_secret) and RFC_SECRET.hex().encode() not in bytes(row.sealed_secret)


def test_a_used_step_is_refused_and_an_earlier_one_too(account: Account) -> None:
    with_app(account)
    code, before = now_showing(), now_showing(steps=-1)
    assert [refusal(code, account), refusal(code, account), refusal(before, account)] == [
        "",
        "totp-wrong",
        "totp-wrong",
    ]
    assert refusal(now_showing(steps=1), account) == ""


@pytest.mark.django_db(transaction=True)
def test_one_code_brought_twenty_times_at_once_opens_once(transactional_db: None) -> None:
    account = with_app(Account.objects.get(pk=a_world().citizen.account_id))
    code = now_showing()

    def bring(_: int) -> str:
        return refusal(code, account)

    told = together(bring, range(20), threads=10)
    assert told.count("") == 1


@pytest.mark.django_db(transaction=True)
def test_of_fifty_guesses_at_once_five_are_looked_at(transactional_db: None) -> None:
    account = with_app(Account.objects.get(pk=a_world().citizen.account_id))
    right = now_showing()

    def guess(number: int) -> str:
        return refusal(f"{(int(right) + number + 1) % 1_000_000:06}", account)

    told = together(guess, range(50), threads=10)
    most = door_rules(MONDAY.date()).factor_tries
    assert told.count("factor-throttled") == 50 - most
    assert refusal(right, account) == "factor-throttled", "not even the right one until the window is over"
    later = MONDAY + door_rules(MONDAY.date()).factor_window + timedelta(seconds=1)
    assert refusal(now_showing(later), account, later) == ""


def test_recovery_codes_work_once_each_and_are_not_readable(account: Account) -> None:
    codes = recovery_codes.make(account.pk, at=MONDAY)
    assert len(set(codes)) == recovery_codes.HOW_MANY == recovery_codes.left(account.pk)
    stored = " ".join(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert not any(one.replace("-", "") in stored for one in codes)
    recovery_codes.use(account.pk, codes[3].upper().replace("-", " "), at=MONDAY)
    with pytest.raises(NotAllowed):
        recovery_codes.use(account.pk, codes[3], at=MONDAY)
    assert recovery_codes.left(account.pk) == recovery_codes.HOW_MANY - 1
    assert Notice.objects.filter(code="recovery_code_used").count() == 1


def test_new_recovery_codes_end_the_old_and_anothers_open_nothing(account: Account) -> None:
    old = recovery_codes.make(account.pk, at=MONDAY)
    recovery_codes.make(account.pk, at=MONDAY)
    other = Account.objects.exclude(pk=account.pk).first()
    assert other is not None
    theirs = recovery_codes.make(other.pk, at=MONDAY)
    for code in (old[0], theirs[0], ""):
        with pytest.raises(NotAllowed):
            recovery_codes.use(account.pk, code, at=MONDAY)


def test_when_a_password_is_not_enough(account: Account, db: None) -> None:
    officer = Account.objects.get(login="can-bo-counter")
    assert not asks_second_step(account, factors_of(account.pk))
    a_passkey(account.pk)
    a_passkey(officer.pk)
    assert not asks_second_step(account, factors_of(account.pk)), "a passkey alone shuts no citizen out"
    assert asks_second_step(officer, factors_of(officer.pk))
    assert asks_second_step(with_app(account), factors_of(account.pk))


def test_a_program_is_no_way_around_the_app(account: Account) -> None:
    with_app(account)
    with pytest.raises(NotAllowed) as refused:
        give_token(ID_NUMBER, PASSWORD, network="203.0.113.7", at=MONDAY)
    assert refused.value.code == "second-step-needed"
    token, _ = give_token(ID_NUMBER, PASSWORD, network="203.0.113.7", at=MONDAY, code=now_showing())
    assert token


def test_removing_the_app_is_told(account: Account) -> None:
    with_app(account)
    totp.remove(account.pk, at=MONDAY)
    assert not AuthenticatorApp.objects.exists()
    assert Notice.objects.filter(code="totp_removed").count() == 1

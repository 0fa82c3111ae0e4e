"""Check who signs in. The answer never tells which part was wrong, nor whether an account exists."""

from __future__ import annotations

import contextlib
import unicodedata
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q

from ansinh.law.errors import LawError
from ansinh.law.identifiers import parse_phone
from ansinh.people import asked_often
from ansinh.people.doors import officers
from ansinh.people.models import Account, AccountState, SignInAttempt
from ansinh.platform.errors import NotAllowed
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.platform.sealed_fields.envelope import blind_index
from ansinh.platform.sealed_fields.kinds import LOGIN

WINDOW = timedelta(minutes=15)
FREE_TRIES = 5
MOST_TRIES = 30
SPRAYED, MOST_OF_NETWORK = "sign-in", 600
"""Failures of one network in an hour, whatever logins were typed. Wide: mobile networks put many behind one address."""


_BY_NUMBER = (
    "Số định danh hoặc mật khẩu chưa đúng, hoặc tài khoản chưa được cơ quan BHXH phê duyệt. "
    "Xin thử lại, hoặc bấm “Quên mật khẩu”."
)
_BY_CONTACT = (
    "Chưa đăng nhập được. Số điện thoại và thư điện tử có thể dùng chung cho nhiều tài khoản: "
    "xin thử lại bằng số định danh hoặc mã số BHXH, hoặc bấm “Quên mật khẩu”."
)
_BY_STAFF_CODE = (
    "Mã cán bộ hoặc mật khẩu chưa đúng. Sai nhiều lần thì mật khẩu bị khóa 12 giờ, hoặc đến khi người quản lý mở lại; "
    "khóa đăng nhập thì vẫn dùng được."
)
"""Chosen by what was typed alone, so that none tells whether an account exists or is locked."""


@at_the_door()
def sign_in(login: str, password: str, *, network: str, at: datetime) -> Account:
    """The active account of this login (personal number, SI number, phone, e-mail or staff code). Raises NotAllowed.

    Failures slow down one (login, network) pair only, so that strangers cannot lock a victim out; a network that fails
    with very many logins is slowed as a whole. An officer's password is locked besides, as the regulation asks.
    """
    typed = login.strip()
    key = _login_key(typed)
    asked_often.take(SPRAYED, network=network, most=MOST_OF_NETWORK, at=at)
    _count_try(key, network=network, at=at)
    account = find_account(typed)
    of_officer = account is not None and account.person_id is None
    if account is not None and of_officer and not officers.count_password(account, at=at):
        account = None
    # The hash is computed also for an unknown login and a locked one: all take the same time.
    stored = account.password if account else _someone_elses_hash()
    if not check_password(password, stored) or account is None or account.state != AccountState.ACTIVE:
        if account is not None and of_officer:
            officers.tell_if_locked(account, at=at)
        raise NotAllowed("sign-in-refused", _refusal(typed))
    if of_officer:
        officers.forgive_passwords(account)
        officers.refuse_unused(account, at=at)
    SignInAttempt.objects.filter(login_key=key, network=network).delete()
    asked_often.give_back(SPRAYED, network=network, at=at)
    return account


@at_the_door()
def find_account(typed: str) -> Account | None:
    """The one active account that answers to this; None when there is none or more than one."""
    compact = "".join(typed.split()).casefold()
    if not compact:
        return None
    known_by = Q(login=compact) | Q(person__si_number=compact)
    if "@" in compact:
        known_by = Q(email__iexact=compact)
    else:
        with contextlib.suppress(LawError):
            known_by |= Q(phone=parse_phone(typed))
    found = list(Account.objects.filter(known_by, state=AccountState.ACTIVE)[:2])
    return found[0] if len(found) == 1 else None


def _refusal(typed: str) -> str:
    if _is_contact(typed):
        return _BY_CONTACT
    return _BY_NUMBER if typed.replace(" ", "").isdecimal() else _BY_STAFF_CODE


def _is_contact(typed: str) -> bool:
    if "@" in typed:
        return True
    with contextlib.suppress(LawError):
        return bool(parse_phone(typed))
    return False


def _count_try(key: str, *, network: str, at: datetime) -> None:
    """Count the try before the password is looked at, so that guesses in parallel see each other."""
    mine = SignInAttempt.objects.create(login_key=key, network=network, at=at)
    others = SignInAttempt.objects.filter(login_key=key, network=network, at__gt=at - WINDOW).exclude(pk=mine.pk)
    recent = list(others.order_by("-at").values_list("at", flat=True)[:MOST_TRIES])
    if len(recent) < FREE_TRIES:
        return
    wait = timedelta(seconds=min(600, 2 ** (len(recent) - FREE_TRIES + 2)))
    if at < recent[0] + wait:
        mine.delete()
        minutes = max(1, -(-int((recent[0] + wait - at).total_seconds()) // 60))
        raise NotAllowed(
            "sign-in-throttled",
            "Đã thử nhiều lần từ mạng này. Xin đợi khoảng {n} phút rồi thử lại, hoặc bấm “Quên mật khẩu”.",
            n=minutes,
        )


def _login_key(typed: str) -> str:
    """One key for every spelling of a login: a telephone with dots is the same telephone."""
    canonical = "".join(unicodedata.normalize("NFKC", typed).split()).casefold()
    with contextlib.suppress(LawError):
        canonical = parse_phone(canonical)
    return blind_index(LOGIN, canonical).hex()


_spare: list[str] = []


def _someone_elses_hash() -> str:
    if not _spare:
        _spare.append(make_password("không ai dùng mật khẩu này"))
    return _spare[0]

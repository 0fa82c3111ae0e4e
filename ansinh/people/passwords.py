"""What makes a password good enough (ASVS 6.2: length and not guessable, no composition rules)."""

from __future__ import annotations

from collections.abc import Sequence

from ansinh.platform.errors import Invalid

SHORTEST = 8
LONGEST = 128
_COMMON = frozenset(
    {
        "password",
        "matkhau",
        "12345678",
        "123456789",
        "1234567890",
        "11111111",
        "00000000",
        "88888888",
        "66666666",
        "abcd1234",
        "qwertyui",
        "87654321",
        "iloveyou",
        "anhyeuem",
        "emyeuanh",
        "khongbiet",
        "baohiem",
        "vssid123",
        "abc12345",
        "abc123456",
    }
)


def refuse_weak_password(password: str, *, personal_facts: Sequence[str]) -> None:
    """Raise Invalid with what to do when the password is too short, too long, common or a fact about the person."""
    if len(password) < SHORTEST:
        raise Invalid(
            "password-short",
            "Mật khẩu cần ít nhất {n} ký tự. Xin chọn một câu ngắn dễ nhớ, có dấu cách cũng được.",
            n=SHORTEST,
        )
    if len(password) > LONGEST:
        raise Invalid("password-long", "Mật khẩu dài quá {n} ký tự. Xin chọn câu ngắn hơn.", n=LONGEST)
    lowered = password.casefold().replace(" ", "")
    if lowered in _COMMON or len(set(lowered)) < 4:
        raise Invalid("password-common", "Mật khẩu này quá phổ biến, người khác dễ đoán. Xin chọn một câu khác.")
    bare = "".join(character for character in lowered if character not in ".-+()/_")
    if bare and any(one in bare or bare in one for fact in personal_facts for one in _spellings(fact)):
        raise Invalid(
            "password-personal",
            "Mật khẩu trùng với số điện thoại hoặc số giấy tờ nên dễ đoán. Xin chọn một câu khác.",
        )


def _spellings(fact: str) -> set[str]:
    """A fact as people may type it: a telephone number also without its country."""
    plain = "".join(fact.split()).casefold()
    return {plain, plain.removeprefix("84")} if len(plain) >= SHORTEST else {plain} - {""}

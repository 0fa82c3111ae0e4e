"""Tokens: sign in, sign out."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse

from ansinh.api.answers import answer, endpoint, for_citizen, message, network_of, now
from ansinh.people.actors import Citizen
from ansinh.people.tokens import give_token, revoke_token


class SignIn(msgspec.Struct, forbid_unknown_fields=True):
    """Personal number, SI number, telephone or e-mail, and the password; `code` of the app where one is used."""

    login: str
    password: str
    code: str = ""


@endpoint
def tokens(request: HttpRequest) -> HttpResponse:
    """POST: a bearer token, good for twelve hours."""
    given = message(request, SignIn)
    token, expires_at = give_token(given.login, given.password, code=given.code, network=network_of(request), at=now())
    return answer({"token": token, "expires_at": expires_at}, status=201)


@for_citizen
def my_token(request: HttpRequest, actor: Citizen) -> HttpResponse:
    """DELETE: the token of this request stops working at once."""
    revoke_token(request.headers.get("Authorization", "").partition(" ")[2].strip(), at=now())
    return answer(None)

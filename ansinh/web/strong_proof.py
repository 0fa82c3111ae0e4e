"""What the session of a request proves beyond a password, as the actions of money take it."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from ansinh.people.doors.factors import enrolled_since, factors_of
from ansinh.people.doors.step_up import proved_lately, stepped_up
from ansinh.people.models_doors import Factor
from ansinh.people.strong_proof import StrongProof
from ansinh.web.actors import NEXT, ProofNeeded, someone_signed_in
from ansinh.web.clock import now
from ansinh.web.sessions import signed_in

_METHODS = {Factor.PASSKEY: "passkey", Factor.TOTP: "totp", Factor.VNEID_2: "vneid"}


def strong_proof_of(request: HttpRequest, *, at: datetime) -> StrongProof | None:
    """The proof given in the last minutes, or None; a code by SMS and a recovery code are none."""
    signed = signed_in(request)
    if signed is None or signed.factor_at is None or not stepped_up(signed, at=at):
        return None
    factor = Factor(signed.factor)
    since = enrolled_since(signed.account.pk, factor)
    return StrongProof(_METHODS[factor], since, signed.factor_at) if since is not None else None  # type: ignore[arg-type]


def refuse_without_step_up(request: HttpRequest, *, onward: str) -> None:
    """Raise ProofNeeded, with the way to `onward`, unless the holder showed a strong factor just now.

    Whoever set none up shows the password again; a recovery code or one by SMS opens nothing here.
    """
    signed = someone_signed_in(request)
    held = factors_of(signed.account.pk)
    proved = stepped_up(signed, at=now()) if held.any else proved_lately(signed, at=now())
    if not proved:
        raise ProofNeeded(onward)


def step_up_href(request: HttpRequest) -> str:
    """Where the holder proves oneself and comes back; empty for an account without any strong means."""
    signed = signed_in(request)
    if signed is None or not factors_of(signed.account.pk).any:
        return ""
    return f"{reverse('doors:step-up')}?{urlencode({NEXT: request.path})}"

"""What the pages that ask for a factor have in common: reading what was shown, and who may change doors."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from ansinh.people.doors import passkeys, recovery_codes, totp
from ansinh.people.doors.factors import factors_of
from ansinh.people.doors.sessions import SignedIn
from ansinh.people.doors.step_up import proved_lately, shown_lately
from ansinh.people.models_doors import Factor
from ansinh.platform.errors import NotAllowed
from ansinh.web.actors import ProofNeeded
from ansinh.web.clock import now

QUESTION = "passkey_question"
CREDENTIAL, CODE, RECOVERY = "credential", "code", "recovery"


def factor_shown(request: HttpRequest, account_id: UUID, *, at: datetime) -> str:
    """Use up the factor that was posted; answers which it was. Raises NotAllowed when it is none of this account's."""
    if request.POST.get(CREDENTIAL):
        passkeys.use(state=question(request), answer=request.POST[CREDENTIAL], account_id=account_id, at=at)
        return Factor.PASSKEY
    if request.POST.get(RECOVERY, "").strip():
        recovery_codes.use(account_id, request.POST[RECOVERY][:100], at=at)
        return Factor.RECOVERY_CODE
    totp.use(account_id, request.POST.get(CODE, "")[:100], at=at)
    return Factor.TOTP


def place_of(request: HttpRequest) -> str:
    """The box that a refusal stands beside."""
    if request.POST.get(CREDENTIAL):
        return CREDENTIAL
    return RECOVERY if request.POST.get(RECOVERY, "").strip() else CODE


def question(request: HttpRequest) -> dict[str, str]:
    """What this browser was asked for its passkey; asked once, answered once. Raises NotAllowed when it was not."""
    state: dict[str, str] | None = request.session.pop(QUESTION, None)
    if state is None:
        raise NotAllowed("passkey-not-asked", "Chưa bấm nút dùng khóa đăng nhập, hoặc bấm ở trang khác. Xin bấm lại.")
    return state


def refuse_unproved(request: HttpRequest, signed: SignedIn) -> None:
    """Raise ProofNeeded unless the holder proved oneself just now: doors are changed by nobody else.

    Where there is a factor it must have been shown, a recovery code too, for it stands in for what was lost.
    """
    held = factors_of(signed.account.pk)
    proved = shown_lately(signed, at=now()) if held.any else proved_lately(signed, at=now())
    if not proved:
        raise ProofNeeded(request.path)

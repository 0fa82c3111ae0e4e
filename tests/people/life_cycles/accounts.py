"""The account itself ends: sessions and tokens made before are worth nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client

from ansinh.people.models import Account, AccountState
from ansinh.people.tokens import give_token, revoke_token
from tests.people.life_cycles.case import Case, Use
from tests.people.life_cycles.scene import Scene
from tests.world import ID_NUMBER, PASSWORD


@dataclass(frozen=True)
class SignedIn:
    """A browser and a program of the citizen."""

    browser: Client
    token: str


def signed_in(scene: Scene) -> SignedIn:
    """The citizen signed in with both."""
    token, _ = give_token(ID_NUMBER, PASSWORD, network="203.0.113.7", at=scene.now)
    return SignedIn(scene.browser(ID_NUMBER), token)


def closed(scene: Scene, made: SignedIn) -> None:
    """The account is closed."""
    Account.objects.filter(login=ID_NUMBER).update(state=AccountState.CLOSED)


def revoked(scene: Scene, made: SignedIn) -> None:
    """The token is given back."""
    revoke_token(made.token, at=scene.now)


def half_a_day_passes(scene: Scene, made: SignedIn) -> None:
    """Longer than a token lives."""
    scene.pass_time(hours=12, seconds=1)


PAGE = Use[SignedIn]("own dossiers in the browser", lambda _, made: made.browser.get("/ho-so").status_code == 200)
PROGRAM = Use[SignedIn](
    "own dossiers by the token",
    lambda _, made: (
        Client().get("/api/v1/dossiers", headers={"Authorization": f"Bearer {made.token}"}).status_code == 200
    ),
)

CASES = (
    Case("account closed", signed_in, closed, PAGE),
    Case("account closed", signed_in, closed, PROGRAM),
    Case("token revoked", signed_in, revoked, PROGRAM),
    Case("token out of its time", signed_in, half_a_day_passes, PROGRAM),
)

"""Ways to use a right over somebody else's matters: pages, files, drafts, filings and messages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.test import Client

from ansinh.casework.tell import tell
from ansinh.dossiers.confirm import request_code
from ansinh.dossiers.models import Dossier, Draft
from ansinh.notifications.models import Notice
from ansinh.people.actors import Citizen
from ansinh.people.one_time_codes import CodeRefused
from ansinh.platform.errors import NotAllowed, NotFound
from ansinh.platform.identifiers import uuid7
from ansinh.platform.zone import local_day
from tests.people.families import acting
from tests.people.life_cycles.case import Use
from tests.people.life_cycles.scene import Scene
from tests.world import World, a_draft
from tests.world_procedures import ALLOWANCE


@dataclass(frozen=True)
class Acting:
    """Somebody whose browser acts for the owner of a dossier, by the row `basis_id`, with a complete draft open."""

    actor: Citizen
    browser: Client
    basis_id: UUID
    owner_id: UUID
    dossier: Dossier
    draft: Draft


def prepared(scene: Scene, actor: Citizen, login: str, *, basis_id: UUID, dossier: Dossier) -> Acting:
    """The actor signed in, took up acting and left a complete draft, all before the right ends."""
    browser = scene.browser(login)
    answer = browser.post(f"/tai-khoan/lam-thay/{basis_id}/chuyen")
    assert answer.status_code == 302, answer.status_code
    mine = acting(actor, basis_id, on=local_day(scene.now))
    draft = a_draft(World(citizen=mine, officers=scene.world.officers), at=scene.now)
    return Acting(actor, browser, basis_id, mine.owner_id, dossier, draft)


def _gets(address: str) -> Use[Acting]:
    def tried(_: Scene, made: Acting) -> bool:
        paper = made.dossier.papers.get().pk
        return made.browser.opens(address.format(dossier=made.dossier.pk, paper=paper, draft=made.draft.pk))

    return Use(address, tried)


def _listed(_: Scene, made: Acting) -> bool:
    return made.dossier.number in made.browser.get("/ho-so").content.decode()


def _begun(_: Scene, made: Acting) -> bool:
    theirs = Draft.objects.filter(owner_id=made.owner_id)
    before = theirs.count()
    made.browser.post(f"/ho-so/bat-dau/{ALLOWANCE}")
    return theirs.count() > before


def _sent_code(scene: Scene, made: Acting) -> bool:
    """The step before filing, of a draft that was complete before: as a request computes who acts."""
    now = acting(made.actor, made.basis_id, on=local_day(scene.now))
    fresh = Draft.objects.get(pk=made.draft.pk)
    try:
        request_code(fresh.pk, actor=now, channel="sms", session_key=uuid7().hex, network="", at=scene.now)
    except (NotFound, NotAllowed):
        return False
    except CodeRefused:
        return True  # let through so far: only too many codes were asked for
    return True


def _switched(_: Scene, made: Acting) -> bool:
    answer = made.browser.post(f"/tai-khoan/lam-thay/{made.basis_id}/chuyen")
    return answer.status_code == 302 and not answer.headers["Location"].startswith("/dang-nhap")


def _told(scene: Scene, made: Acting) -> bool:
    scene.pass_time(seconds=0.001)
    mine = Notice.objects.filter(account_id=made.actor.account_id, dossier_id=made.dossier.pk)
    before = mine.count()
    tell(Dossier.objects.get(pk=made.dossier.pk), "originals_received", at=scene.now)
    return mine.count() > before


PAGE = _gets("/ho-so/{dossier}")
PAPER = _gets("/ho-so/{dossier}/giay-to/{paper}/trang/1")
BUNDLE = _gets("/ho-so/{dossier}/bang-chung.zip")
WITHDRAW = _gets("/ho-so/{dossier}/rut")
DRAFT = _gets("/ho-so/nhap/{draft}/kiem-tra")
LIST = Use("the list of dossiers", _listed)
BEGIN = Use("a new draft for the owner", _begun)
CODE = Use("a code to file the draft left before", _sent_code)
SWITCH = Use("switching again", _switched)
TOLD = Use("notices about the dossier", _told)

READING = (PAGE, PAPER, BUNDLE, LIST, TOLD)
ACTING = (BEGIN, DRAFT, CODE, WITHDRAW)
ALL = (*READING, *ACTING, SWITCH)

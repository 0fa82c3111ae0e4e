"""The batch of `./bench desk`: dossiers brought to the leader by the real actions, then signed in one press.

The press and the questions how far it is go through the pages, as a browser's do; the worker is the one `./start` runs.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

from ansinh.casework.models import BatchRow, Outcome
from ansinh.catalogue.queries import folder_in_force
from ansinh.demo.examples import renamed, staff_on
from ansinh.demo.play import desk
from ansinh.demo.play.answers import placed
from ansinh.demo.play.applicant import make_applicant
from ansinh.demo.play.filing import attach_missing, confirm_and_submit, draft_of
from ansinh.demo.play.town import officer_of
from ansinh.dossiers.access import Holder
from ansinh.dossiers.models import Dossier
from ansinh.people.models import Account, Role
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from benchmarks.rig.installation import Installation, cpu_seconds
from benchmarks.rig.otp.browser import Browser
from benchmarks.rig.page_series import signed_in

AIM = 30.0
"""Seconds from the press until the page says that all are done."""
PROCEDURE, EXAMPLE = "huong-bhxh-mot-lan", "nghi-du-12-thang"
FIRST_NUMBER = 1_000
"""Numbers of invented people below are the demonstration's own."""
IN_AN_HOUR = 250
"""Dossiers confirmed by codes to telephones of one prefix; more than 300 codes an hour are refused."""
BETWEEN_LOOKS = 2.0


@as_the_house()
def to_the_leader(count: int) -> list[UUID]:
    """So many one-time benefits, filed by people of their own and put before the leader of their office."""
    began, today = time.monotonic(), datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    day_before = today - timedelta(days=1)
    folder = folder_in_force(PROCEDURE, on=local_day(day_before))
    example = next(one for one in folder.examples if one.key == EXAMPLE)
    made, staff = list[UUID](), staff_on(day_before)
    first = FIRST_NUMBER + _filed_before()
    for number in range(first, first + count):
        at = day_before - timedelta(hours=(number - FIRST_NUMBER) // IN_AN_HOUR)
        mine = renamed(example, number, at=at)
        assert folder.form is not None
        answers = placed(folder.form, mine.answers, on=mine.today)
        actor = make_applicant(folder, mine, answers, at=at).actor
        assert actor is not None
        draft = draft_of(PROCEDURE, answers, holder=Holder.of(actor), at=at)
        attach_missing(draft, holder=Holder.of(actor), owner_id=actor.account_id, name=actor.name, at=at)
        dossier = desk.take_in(confirm_and_submit(draft, actor, at=at), staff, at=at + timedelta(hours=1))
        dossier = desk.put_forward(dossier, example.course, staff, at=at + timedelta(hours=2))
        made.append(dossier.pk)
    print(f"{count} dossiers filed, taken in, appraised and controlled in {time.monotonic() - began:.0f} s")
    return made


def press_and_wait(installation: Installation, dossiers: list[UUID]) -> bool:
    """Sign them all in one press as their leader; whether each was signed and the page said so in time."""
    browser = Browser(installation.port, cookies={"sessionid": _leader(dossiers[0])})
    browser.get("/can-bo")
    form = [("ho-so", str(one)) for one in dossiers]
    form += [("lam", "sign"), ("_xac-nhan", "1"), ("csrfmiddlewaretoken", browser.cookies["csrftoken"])]
    processor, began = cpu_seconds(installation), time.monotonic()
    pressed = browser.ask("POST", "/can-bo/mot-loat", form)
    answered, looks = time.monotonic() - began, list[float]()
    if pressed.status != 302:
        print(f"the press was not taken: {pressed.status}")
        return False
    while True:
        page = browser.get(pressed.location)
        looks.append(page.seconds)
        if page.status != 200 or "data-renew" not in page.body:
            break
        time.sleep(BETWEEN_LOOKS)
    seconds = time.monotonic() - began
    outcomes = Counter(BatchRow.objects.filter(dossier_id__in=dossiers).values_list("outcome", flat=True))
    spent = cpu_seconds(installation) - processor
    good = page.status == 200 and outcomes == {Outcome.DONE: len(dossiers)} and seconds <= AIM
    print(
        f"one press for {len(dossiers)}: answered in {answered:.2f} s, signed in {seconds:.1f} s"
        f" ({spent:.1f} s of processor time), {len(looks)} looks at the page, the slowest {max(looks):.2f} s;"
        f" {dict(outcomes)}  aim ≤ {AIM:.0f} s: {'kept' if good else 'MISSED'}"
    )
    return good


@as_the_house()
def _leader(dossier_id: UUID) -> str:
    """A session of who signs for the office of this dossier."""
    office = Dossier.objects.get(pk=dossier_id).office_code
    leader = officer_of(Role.LEADER, at_office=office, on=local_day(datetime.now(UTC)))
    assert leader is not None
    return signed_in(Account.objects.get(pk=leader.account_id).login).session


def _filed_before() -> int:
    return Dossier.objects.filter(procedure=PROCEDURE, si_number__startswith="99").count()

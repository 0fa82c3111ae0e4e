"""Whether an answer tells that a number has an account: by status, text, size or a stopwatch."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from ansinh.catalogue.queries import folder_in_force, version_in_force
from ansinh.dossiers.models import Draft
from ansinh.dossiers.register import SLUG
from ansinh.platform.zone import local_day
from ansinh.web.actors import BROWSER
from benchmarks.rig.figures import milliseconds
from benchmarks.rig.otp.browser import Answer, Browser, network
from benchmarks.rig.otp.kolmogorov import p_value
from benchmarks.rig.otp.people import Known

LEAST_P, BUCKET = 0.01, 64
Ask = Callable[[int, str], Answer]


@dataclass
class _Seen:
    """What one kind of number got."""

    seconds: list[float] = field(default_factory=list)
    looks: set[tuple[int, str, str, int]] = field(default_factory=set)

    def add(self, answer: Answer, asked: str) -> None:
        """Everything in which an answer could differ, less what was typed and what is random."""
        self.seconds.append(answer.seconds)
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.body).replace(asked, "")
        place = re.sub(r"[0-9a-f-]{36}", "", answer.location)
        self.looks.add((answer.status, place, text, len(answer.body) // BUCKET))


def compare(name: str, ask: Ask, *, known: Sequence[str], unknown: Sequence[str], random: Random) -> bool:
    """Ask about both kinds in random order; whether nobody can tell them apart."""
    seen = {True: _Seen(), False: _Seen()}
    asked = [(True, one) for one in known] + [(False, one) for one in unknown]
    random.shuffle(asked)

    def one(numbered: tuple[int, tuple[bool, str]]) -> tuple[bool, str, Answer]:
        number, (is_known, value) = numbered
        return is_known, value, ask(number, value)

    with ThreadPoolExecutor(2) as threads:
        for is_known, value, answer in threads.map(one, enumerate(asked)):
            seen[is_known].add(answer, value)
    p = p_value(seen[True].seconds, seen[False].seconds)
    same = seen[True].looks == seen[False].looks
    kinds = {status: len(place) for status, place, _, _ in seen[True].looks}
    print(
        f"{name}: known {milliseconds(seen[True].seconds)}, unknown {milliseconds(seen[False].seconds)}; "
        f"KS p {p:.3f} (aim > {LEAST_P}); status, text and size {'the same' if same else 'DIFFER'} {sorted(kinds)}"
    )
    return p > LEAST_P and same


def by_form(port: int, path: str, form: Callable[[str], dict[str, str]], *, block: int) -> Ask:
    """Ask by a form, each time as another browser on another network."""
    first = Browser(port, network(0, block=block))
    first.get(path)
    token = first.cookies["csrftoken"]

    def ask(number: int, value: str) -> Answer:
        browser = Browser(port, network(number, block=block), {"csrftoken": token})
        return browser.post(path, form(value))

    return ask


def registering(port: int, people: list[Known], strangers: Sequence[str], *, block: int) -> tuple[Ask, list[str]]:
    """Finished registrations of known and of unknown numbers; the answer is the page that asks for the code."""
    facts = [(one.login, one.phone) for one in people]
    facts += [(number, f"848{index * 7_654_321 % 100_000_000:08d}") for index, number in enumerate(strangers)]
    cookies = {number: _draft(number, phone) for number, phone in facts}
    first = Browser(port, network(0, block=block))
    first.get("/dang-ky")
    token = first.cookies["csrftoken"]

    def ask(number: int, value: str) -> Answer:
        draft_id, session = cookies[value]
        browser = Browser(port, network(number, block=block), {"csrftoken": token, "sessionid": session})
        return browser.post(f"/dang-ky/{draft_id}/nop", {"channel": "sms"})

    return ask, [number for number, _ in facts]


def _draft(number: str, phone: str) -> tuple[UUID, str]:
    now = timezone.now()  # noqa: TID251 - a measurement is a mouth
    session = SessionStore()
    session[BROWSER] = f"measured-{number}"
    session.create()
    example = next(one for one in folder_in_force(SLUG, on=local_day(now)).examples if one.key == "chua-co-ma-so")
    answers = {
        **example.answers, "id_number": number, "phone": phone, "chosen_office": "04401",
        "date_of_birth": "1990-05-04",
        "contact_address": {"province": "44", "commune": "19333", "detail": "Số 12 đường Lê Lợi"},
    }  # fmt: skip
    draft = Draft.objects.create(
        version=version_in_force(SLUG, on=local_day(now)), session_key=f"measured-{number}", answers=answers,
        created_at=now, updated_at=now,
    )  # fmt: skip
    assert session.session_key is not None
    return draft.pk, session.session_key

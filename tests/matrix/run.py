"""Ask every cell and compare: with the declared answers, with the answer about an unknown thing, and for give-aways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.urls.converters import UUIDConverter

from ansinh.dossiers.models import DossierEvent
from ansinh.platform.models import AuditEvent
from ansinh.platform.row_security.viewer import NOBODY, viewing
from tests.house.routes import EXPECTED, Access, every_route
from tests.matrix.expected import Stands, right_answers, stands
from tests.matrix.principals import Principal
from tests.matrix.things import MIXED, OTHER_OFFICES, OTHERS, OWN, SECOND, UNKNOWN, Given, Thing
from tests.world_procedures import ALLOWANCE

METHODS: Final = ("GET", "POST", "PUT", "DELETE")
_PARTS: Final = {
    "draft_id": "draft", "attached_id": "attached", "document_id": "document", "dossier_id": "dossier",
    "organisation_id": "organisation", "member_id": "member", "invitation_id": "invitation",
    "certificate_id": "certificate", "basis_id": "basis", "guardianship_id": "ward", "person_id": "child",
    "account_id": "account", "recovery_id": "recovery", "passkey_id": "passkey", "link_id": "link",
    "change_id": "change", "request_id": "request", "export_id": "export", "opening_id": "opening",
    "officer_id": "officer", "postal_id": "outgoing", "incoming_id": "incoming", "scan_id": "scan",
}  # fmt: skip
_BY_OFFICE: Final = frozenset({Access.MATTER, Access.REVIEWER, Access.MANAGER, Access.GIVER})
_AROUND: Final = frozenset({Access.STAFF, Access.OWN_DOOR})
"""Things around an account are its own and others'; those an office has, of one's own office and of another."""
_CHANGING: Final = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|name=\"csrfmiddlewaretoken\" value=\"[^\"]*\""
)
_NEVER: Final = UUID(int=1)
_ENVELOPES: Final = frozenset({"officer:postal"})
"""An office knows the numbers on the letters that it posted, also of a dossier that another office has by now."""
_NAMED_SECOND: Final = frozenset({"attached_id", "paper_id", "document_id"})


@dataclass(frozen=True)
class Cell:
    """One question."""

    route: str
    access: Access
    method: str
    who: Principal
    thing: Thing

    def __str__(self) -> str:
        return f"{self.method} {self.route}, {self.thing.situation}, as {self.who.name}"


@dataclass
class Outcome:
    """What was asked and what was wrong."""

    routes: int = 0
    declared: int = 0
    asked: Counter[Stands] = field(default_factory=Counter)
    undeclared: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """How many cells were asked."""
        return sum(self.asked.values())

    @property
    def kept(self) -> bool:
        """Whether every address is declared, nothing leaked, and something was asked."""
        return not self.undeclared and not self.leaks and self.cells > 0


def run(
    given: Given, people: Sequence[Principal], *, sample: int = 0, seed: int = 1, strange_only: bool = False
) -> Outcome:
    """Ask every cell, or a `sample` of them drawn with `seed`; `strange_only` those about somebody else's thing."""
    parts = {name: route.pattern.converters for name, route in every_route()}
    cells, asking = list(_cells(given, people, parts)), _Asking(given, parts)
    if strange_only:
        cells = [one for one in cells if stands(one.who, one.access, one.thing, one.route) is Stands.FOREIGN]
    outcome = Outcome(len(parts), len(cells), undeclared=sorted(set(parts) ^ set(EXPECTED)))
    for cell in Random(seed).sample(cells, min(sample, len(cells))) if sample else cells:
        standing = stands(cell.who, cell.access, cell.thing, cell.route)
        outcome.asked[standing] += 1
        outcome.leaks += [f"{cell}: {fault}" for fault in asking.faults(cell, standing)]
    return outcome


def _cells(given: Given, people: Sequence[Principal], parts: dict[str, dict[str, Any]]) -> Iterator[Cell]:
    for name, access in EXPECTED.items():
        for who in people:
            if name in parts and who.by_interface == (access in {Access.PROGRAM, Access.TOKEN, Access.TOKEN_OWNER}):
                for thing in _things(given, access, parts[name]):
                    for method in METHODS:
                        yield Cell(name, access, method, who, thing)


def _things(given: Given, access: Access, parts: dict[str, Any]) -> list[Thing]:
    named = set(_PARTS) & set(parts) or "office_code" in parts
    if set(_PARTS) & set(parts) == {"change_id"}:  # a change of account stays where it is when a dossier goes elsewhere
        return [given.things[OWN], given.things[OTHERS]]
    if access in _BY_OFFICE and named:
        return [given.things[OWN], given.things[OTHER_OFFICES]]
    if access in _AROUND and named:
        return [given.things[OWN], given.things[OTHERS]]
    if access not in {Access.OWNER, Access.CASE, Access.TOKEN_OWNER}:
        return [given.things[OWN]]
    mixed = "dossier_id" in parts or "draft_id" in parts
    return [
        thing
        for name, thing in given.things.items()
        if name != UNKNOWN and (name != MIXED or (mixed and _NAMED_SECOND & set(parts)))
    ]


class _Asking:
    """Asks, and remembers what is answered about a thing that never was."""

    def __init__(self, given: Given, parts: dict[str, dict[str, Any]]) -> None:
        self._given, self._parts = given, parts
        self._unknown: dict[tuple[str, str, str, bool], tuple[Any, ...]] = {}

    def faults(self, cell: Cell, standing: Stands) -> Iterator[str]:
        """What is wrong with the answer to one cell."""
        answer, changes = self._ask(cell.who, cell.method, self._address(cell.route, cell.access, cell.thing))
        if changes and standing is not Stands.MAY:
            yield f"changes {changes} rows of history"
        if answer.status_code not in right_answers(cell.access, standing):
            yield f"status {answer.status_code} {answer.headers.get('Location', '')}, but {standing.value}"
        led_in = str(answer.headers.get("Location", "")).startswith("/dang-nhap?")
        if answer.status_code == 302 and led_in != (standing is Stands.NOT_SIGNED_IN):
            yield f"led to {answer.headers['Location']}, but {standing.value}"
        told = bytes(answer.getvalue()) + repr(sorted(answer.headers.items())).encode()
        yield from (f"tells {mark}" for mark in self._secret_from(cell, standing) if mark.encode() in told)
        stranger = standing is Stands.FOREIGN and cell.access is not Access.BROWSER
        if stranger and _shape(answer) != self._about_nothing(cell):
            yield "is told apart from a thing that never was"

    def _secret_from(self, cell: Cell, standing: Stands) -> set[str]:
        things, who = self._given.things.values(), cell.who
        known = [one for one in things if one.owner in who.owners or one.office in who.offices]
        if standing is Stands.MAY:
            known.append(cell.thing)
        told = {mark for one in known for mark in one.marks}
        if cell.route in _ENVELOPES:
            told |= {one.marks[0] for one in things if one.marks and one.posted_at in who.offices}
        return {mark for one in things for mark in one.marks} - told

    def _about_nothing(self, cell: Cell) -> tuple[Any, ...]:
        never = self._given.things[UNKNOWN]
        if cell.thing.situation == MIXED:  # only the second part never was
            parts = {**cell.thing.parts, **{part: never.parts[part] for part in SECOND}}
            never = replace(never, parts=parts)
        key = (cell.route, cell.method, cell.who.name, cell.thing.situation == MIXED)
        if key not in self._unknown:
            answer, _ = self._ask(cell.who, cell.method, self._address(cell.route, cell.access, never))
            self._unknown[key] = _shape(answer)
        return self._unknown[key]

    def _address(self, route: str, access: Access, thing: Thing) -> str:
        parts = self._parts[route]
        values: dict[str, object] = {
            **{part: thing.parts[name] for part, name in _PARTS.items()},
            "mandate_id": thing.parts["transmission" if _is_transmission(route) else "mandate"],
            "paper_id": thing.parts["dossier_paper" if "dossier_id" in parts else "own_paper"],
            "slug": "luong-huu" if route.startswith("public:calculator") else ALLOWANCE,
            "number": thing.marks[0] if route == "public:look-up-number" else 1,
            "place": 1, "kind": "csv", "month": "2026-06",
            "key": "birth_certificate@children[0]", "section_key": "person",
            "benefit": "social_pension", "provider": "khong-co", "row": str(_NEVER),
            "office_code": thing.office or "99998",
        }  # fmt: skip
        # Of what has no thing here (a list to destroy) one is asked for that never was.
        values = {
            **{
                part: _NEVER if isinstance(converter, UUIDConverter) else 2**31 - 1 for part, converter in parts.items()
            },
            **values,
        }
        if access is Access.BROWSER:
            values["draft_id"] = self._given.browser_draft
        if access is Access.INTAKE:
            values["dossier_id"] = self._given.registration
        address = reverse(route, kwargs={part: values[part] for part in parts})
        return f"{address}?q={thing.marks[0]}" if route == "officer:search" else address

    def _ask(self, who: Principal, method: str, address: str) -> tuple[HttpResponseBase, int]:
        """The answer, and how many rows of history and audit it wrote; whatever it changed is undone."""
        client = Client(headers={"Authorization": f"Bearer {who.token}"} if who.token else None)
        if who.session:
            client.cookies["sessionid"] = who.session
        call: Callable[..., Any] = getattr(client, method.lower())
        before, written = transaction.savepoint(), _written()
        try:
            with viewing(NOBODY):
                answer: HttpResponseBase = call(address)
                answer.getvalue()  # also reads what is streamed
            return answer, _written() - written
        finally:
            transaction.savepoint_rollback(before)
            transaction.savepoint_commit(
                before
            )  # rolled back only, they would stand in each other, forty thousand deep


def _is_transmission(route: str) -> bool:
    return route in {"citizen:transmission-mandate", "api:transmission-mandate"}


def _written() -> int:
    return DossierEvent.objects.count() + AuditEvent.objects.count()


def _shape(answer: HttpResponseBase) -> tuple[Any, ...]:
    headers = {name: value for name, value in answer.headers.items() if name not in {"Content-Length", "Location"}}
    location = _CHANGING.sub(b"-", str(answer.headers.get("Location", "")).encode())
    return answer.status_code, location, sorted(headers.items()), _CHANGING.sub(b"-", bytes(answer.getvalue()))

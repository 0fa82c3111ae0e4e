"""The declared table: for whom an address is, what somebody is to its thing, and which answers are right then."""

from __future__ import annotations

from enum import Enum
from typing import Final

from tests.house.routes import Access
from tests.matrix.principals import Is, Principal
from tests.matrix.things import Thing


class Stands(Enum):
    """How somebody stands to an address and its thing."""

    MAY = "may"
    FOREIGN = "the right kind of person, somebody else's thing: answered as if it did not exist"
    OTHER_KIND = "not for this kind of person"
    NOT_SIGNED_IN = "led to the sign-in"
    NO_TOKEN = "a program without a good token"


PASSED: Final = frozenset({200, 201, 204, 302, 400, 405, 409, 415, 422})
RIGHT: Final[dict[Stands, frozenset[int]]] = {
    Stands.MAY: PASSED | {403, 404},
    Stands.FOREIGN: frozenset({404, 405}),
    Stands.OTHER_KIND: frozenset({403, 405}),
    Stands.NOT_SIGNED_IN: frozenset({302, 405}),
    Stands.NO_TOKEN: frozenset({401, 405}),
}
ALSO_RIGHT: Final[dict[tuple[Access, Stands], frozenset[int]]] = {
    (Access.TOKEN_OWNER, Stands.FOREIGN): frozenset({400, 422}),  # a message that cannot be read is refused first
    (Access.OWN_DOOR, Stands.FOREIGN): frozenset({302, 403}),  # doors are changed by who proved oneself: asked first
    (Access.OWNER, Stands.FOREIGN): frozenset({302}),  # no code was asked for: the way to where one asks
    (Access.BROWSER, Stands.FOREIGN): frozenset({302}),
    (Access.CASE, Stands.FOREIGN): frozenset({302}),  # other's part in a case of one's office: first, for what purpose
    (Access.INTAKE, Stands.OTHER_KIND): frozenset({302}),  # pressed and refused: back to the page, which is refused too
}
"""A strange thing is held to the answer about an unknown one as well, and nobody who may not writes, so these tell
nothing."""
CITIZENS: Final = frozenset({Access.PERSON, Access.FACILITY, Access.OWNER, Access.STAFF})
HOLDERS: Final = frozenset({Access.HOLDER, Access.OWN_DOOR})
ANYBODYS: Final = frozenset({"officer:assign"})
"""Pages of managers that open for anybody with a staff code, also of another office."""
SPOKEN_FOR: Final = frozenset({"officer:office-counter", "officer:office-face"})
"""Pages of an office that anybody may know: who does not speak for it is told so, not that there is none."""
OFFICERS: Final = frozenset(
    {
        Access.DESK, Access.KEEPER, Access.DUTY, Access.TYPIST, Access.CASE, Access.MATTER, Access.MANAGER,
        Access.INTAKE, Access.REVIEWER, Access.GIVER,
    }
)  # fmt: skip
PROGRAMS: Final = frozenset({Access.TOKEN, Access.TOKEN_OWNER})


def stands(who: Principal, access: Access, thing: Thing, route: str = "") -> Stands:
    """How `who` stands to an address (`route`) for `access` about `thing`."""
    if access in {Access.OPEN, Access.PROGRAM}:
        return Stands.MAY
    if access is Access.BROWSER:
        return Stands.FOREIGN  # nobody here has the browser that began it
    if access in PROGRAMS:
        return Stands.NO_TOKEN if who.is_a is not Is.PROGRAM else _to_a_thing(who, access, thing, route)
    if who.is_a is Is.NOBODY:
        return Stands.NOT_SIGNED_IN
    if access is Access.OWN_DOOR:
        return Stands.MAY if thing.owner in who.owners else Stands.FOREIGN
    if access in HOLDERS:
        return Stands.MAY
    if (access in CITIZENS) != (who.is_a is Is.CITIZEN):
        return Stands.OTHER_KIND
    return _to_a_thing(who, access, thing, route)


def _to_a_thing(who: Principal, access: Access, thing: Thing, route: str) -> Stands:
    if access in {Access.OWNER, Access.TOKEN_OWNER, Access.STAFF}:
        return Stands.MAY if thing.owner in who.owners else Stands.FOREIGN
    if access in OFFICERS and not who.offices:
        return Stands.OTHER_KIND
    if access in {Access.MANAGER, Access.REVIEWER}:
        offices = who.manages if access is Access.MANAGER else who.reviews
        if not offices:
            return Stands.OTHER_KIND
        if thing.office in offices or route in ANYBODYS:
            return Stands.MAY
        return Stands.OTHER_KIND if route in SPOKEN_FOR else Stands.FOREIGN
    if access is Access.CASE or access is Access.MATTER:
        return Stands.MAY if thing.office in who.offices else Stands.FOREIGN
    if access is Access.GIVER:
        mine = thing.office in who.offices
        return Stands.OTHER_KIND if not who.at_counter else Stands.MAY if mine else Stands.FOREIGN
    if access is Access.INTAKE:
        return Stands.MAY if who.at_counter else Stands.OTHER_KIND
    return Stands.MAY


def right_answers(access: Access, standing: Stands) -> frozenset[int]:
    """The statuses that are right in this cell."""
    return RIGHT[standing] | ALSO_RIGHT.get((access, standing), frozenset())

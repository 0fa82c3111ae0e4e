"""Whose numbers an officer sees: an office itself, a province its offices, the centre the country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ansinh.offices.models import Level, Office
from ansinh.offices.queries import provinces
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import NotAllowed, NotFound

SEES = frozenset({Role.LEADER, Role.HEAD, Role.PROVINCIAL_DIRECTOR, Role.CENTRAL})
COUNTRY = "VN"


@dataclass(frozen=True)
class Area:
    """An office, a province (`P` and its code) or the country (`VN`), as counts name it."""

    code: str
    name_vi: str
    name_en: str
    province_code: str = ""

    @property
    def is_province(self) -> bool:
        """Whether it is a province with everything in it."""
        return self.code.startswith("P")

    @property
    def is_office(self) -> bool:
        """Whether it is one office."""
        return self.code[:1].isdigit()


_THE_COUNTRY = Area(COUNTRY, "Cả nước", "The whole country")


@dataclass(frozen=True)
class Sight:
    """The areas that an officer may look at; the widest first."""

    areas: tuple[Area, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Area]:
        """Areas by code."""
        return {one.code: one for one in self.areas}

    @property
    def widest(self) -> Area:
        """What the page shows first."""
        return self.areas[0]

    @property
    def is_country(self) -> bool:
        """Whether the viewer looks for the centre."""
        return self.widest.code == COUNTRY

    def area(self, code: str) -> Area:
        """The area of this code, the widest for none; raises NotFound for one that is not the viewer's."""
        if not code:
            return self.widest
        if code not in self.by_code:
            raise NotFound("area-unknown", "Không có số liệu của nơi này trong phạm vi của ông/bà. Xin chọn lại.")
        return self.by_code[code]

    def parts_of(self, area: Area) -> tuple[Area, ...]:
        """What an area is made of: the country's provinces, a province's offices, nothing of an office."""
        if area.code == COUNTRY:
            return tuple(one for one in self.areas if one.is_province)
        if area.is_province:
            return tuple(one for one in self.areas if one.is_office and one.province_code == area.province_code)
        return ()


def sight_of(viewer: OfficerActor, *, on: date) -> Sight:
    """What the viewer's posts of today let see. Raises NotAllowed."""
    own = {post.office_code for post in viewer.posts if post.role in SEES}
    if not own:
        raise NotAllowed("not-steering", "Số liệu dành cho lãnh đạo và trưởng bộ phận của cơ quan BHXH.")
    offices = list(Office.objects.exclude(level=Level.DISTRICT).order_by("province_code", "level", "code"))
    mine = [one for one in offices if one.code in own]
    country = any(one.level == Level.CENTRAL for one in mine)
    whole = {one.province_code for one in mine if one.level == Level.PROVINCE}
    found = [_THE_COUNTRY] if country else []
    found += [
        Area(f"P{one.code}", one.name_vi, one.name_en or one.name_vi, one.code)
        for one in provinces(on=on)
        if country or one.code in whole
    ]
    known = {one.province_code for one in found}
    found += [  # of a province without a row on the map: it has offices nevertheless
        Area(f"P{code}", code, code, code) for code in sorted(whole - known)
    ]
    found += [
        Area(one.code, one.name_vi, one.name_en, one.province_code)
        for one in offices
        if one.level != Level.CENTRAL and (country or one.province_code in whole or one.code in own)
    ]
    return Sight(tuple(found))

"""Who may give which right to whom. Only posts of one's own count: a deputy manages nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from ansinh.offices.queries import and_above, and_below
from ansinh.people.actors import OfficerActor
from ansinh.people.models_officers import Role
from ansinh.platform.errors import NotAllowed


@dataclass(frozen=True)
class Powers:
    """The rules in force on a day, by role."""

    gives: Mapping[str, frozenset[str]]
    delegates: frozenset[str]
    signs: frozenset[str]
    stands_in: Mapping[str, frozenset[str]]
    opens_accounts: frozenset[str]
    speaks: frozenset[str]
    accounts_four_eyes: bool


def powers(*, on: date) -> Powers:
    """The rules of a day (powers.yaml)."""
    return max(((since, rules) for since, rules in _rules() if since <= on), key=lambda row: row[0])[1]


def manages(actor: OfficerActor, *, on: date) -> bool:
    """Whether the actor has people to manage."""
    return bool(_managing(actor, on))


def managed_offices(actor: OfficerActor, *, on: date) -> frozenset[str]:
    """Offices whose people the actor manages: where one holds a managing post, and those below."""
    codes = _managing(actor, on)
    return and_below(codes) if codes else frozenset()


def may_give(actor: OfficerActor, *, office_code: str, on: date) -> frozenset[str]:
    """Roles the actor may give and take back at an office on a day; empty where one has no say."""
    rules, above = powers(on=on), and_above(office_code)
    roles = (rules.gives.get(post.role, frozenset()) for post in actor.own_posts if post.office_code in above)
    return frozenset().union(*roles)


def givable(actor: OfficerActor, *, on: date) -> frozenset[str]:
    """Roles the actor may give at some office."""
    gives = powers(on=on).gives
    return frozenset().union(*(gives.get(post.role, frozenset()) for post in actor.own_posts))


def may_delegate(actor: OfficerActor, *, office_code: str, on: date) -> bool:
    """Whether the actor holds the power to delegate at an office: there, or at an office above it (R-060)."""
    rules = powers(on=on)
    posts = [post for post in actor.own_posts if post.role in rules.delegates]
    return bool(posts) and any(post.office_code in and_above(office_code) for post in posts)


def may_open_accounts(actor: OfficerActor, *, office_code: str, on: date) -> bool:
    """Whether the actor asks for accounts of new officers of an office, and confirms those that others asked."""
    rules, above = powers(on=on), and_above(office_code)
    return any(post.role in rules.opens_accounts and post.office_code in above for post in actor.own_posts)


def speaks_for(actor: OfficerActor, *, on: date) -> frozenset[str]:
    """Offices whose public face the actor keeps: counters, contact points, notices; one's own and those below."""
    codes = speaks_at(actor, on=on)
    return and_below(codes) if codes else frozenset()


def speaks_at(actor: OfficerActor, *, on: date) -> frozenset[str]:
    """Offices in whose name the actor speaks by a post there, without those below."""
    roles = powers(on=on).speaks
    return frozenset(post.office_code for post in actor.own_posts if post.role in roles)


def refuse_unless_speaking(actor: OfficerActor, *, office_code: str, on: date) -> None:
    """Raise NotAllowed unless the actor keeps the public face of the office."""
    if office_code not in speaks_for(actor, on=on):
        raise NotAllowed(
            "not-your-office",
            "Ông/bà không được ghi thông tin công khai của cơ quan này. Xin nhờ lãnh đạo hoặc quản trị hệ thống ở đó.",
        )


def refuse_unless_managing(actor: OfficerActor, *, office_code: str, on: date) -> None:
    """Raise NotAllowed unless the actor manages people at the office."""
    if not may_give(actor, office_code=office_code, on=on):
        raise NotAllowed(
            "not-your-people",
            "Ông/bà không quản lý nhân sự ở cơ quan này. Xin nhờ lãnh đạo hoặc quản trị hệ thống của cơ quan đó.",
        )


def refuse_unless_gives(actor: OfficerActor, roles: Iterable[str], *, office_code: str, on: date) -> None:
    """Raise NotAllowed unless the actor may give and take back all these roles at the office."""
    refuse_unless_managing(actor, office_code=office_code, on=on)
    beyond = sorted(set(roles) - may_give(actor, office_code=office_code, on=on))
    if beyond:
        raise NotAllowed(
            "role-not-yours-to-give",
            "Ông/bà không được giao hay thu nhiệm vụ “{role}” ở cơ quan này. Xin trình cấp có thẩm quyền.",
            role=Role(beyond[0]).label,
        )


def refuse_oneself(actor: OfficerActor, officer_id: UUID) -> None:
    """Raise NotAllowed when somebody gives a right to oneself."""
    if actor.officer_id == officer_id:
        raise NotAllowed("not-to-oneself", "Không ai tự giao việc cho chính mình. Xin nhờ người quản lý khác.")


def _managing(actor: OfficerActor, on: date) -> set[str]:
    gives = powers(on=on).gives
    return {post.office_code for post in actor.own_posts if post.role in gives}


@cache
def _rules() -> tuple[tuple[date, Powers], ...]:
    rows = yaml.safe_load(Path(__file__).with_name("powers.yaml").read_text(encoding="utf-8"))
    return tuple((date.fromisoformat(row["from"]), _read(row)) for row in rows)


def _read(row: Mapping[str, Any]) -> Powers:
    return Powers(
        gives={role: frozenset(given) for role, given in row["gives"].items()},
        delegates=frozenset(row["delegates"]),
        signs=frozenset(row["signs"]),
        stands_in={role: frozenset(by) for role, by in row["stands_in"].items()},
        opens_accounts=frozenset(row["accounts"]["roles"]),
        speaks=frozenset(row["speaks"]),
        accounts_four_eyes=row["accounts"]["four_eyes"],
    )

"""Who acts. Actions take one of these values, never a request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID


class Right(StrEnum):
    """What one may do in the matter of somebody else."""

    READ = "read"
    FILE = "file"
    SIGN = "sign"
    PAY = "pay"
    COLLECT = "collect"


@dataclass(frozen=True)
class Behalf:
    """Somebody else for whom an account acts, as the rows of this moment say (people.acting); never kept."""

    kind: Literal["ward", "mandate", "organisation"]
    owner_id: UUID
    name: str
    rights: frozenset[Right]
    basis_id: UUID
    """The guardianship, mandate or staff row that gives the rights."""
    procedures: frozenset[str] = frozenset()
    """The procedures (slugs) they are for; empty: all."""
    until: date | None = None
    """Last day, where it is known."""

    def covers(self, procedure: str) -> bool:
        """Whether the rights are for this procedure."""
        return not self.procedures or procedure in self.procedures


@dataclass(frozen=True)
class Citizen:
    """A signed-in person acting for oneself, or on behalf of a child, another person or an organisation."""

    account_id: UUID
    person_id: UUID
    name: str
    behalf: Behalf | None = None

    @property
    def label(self) -> str:
        """How the audit names the actor."""
        return f"account:{self.account_id}"

    @property
    def owner_id(self) -> UUID:
        """Whose matter it is: the person or organisation acted for, else oneself."""
        return self.behalf.owner_id if self.behalf else self.person_id

    @property
    def others_id(self) -> UUID | None:
        """Somebody else whose matter it is; None in one's own."""
        return self.behalf.owner_id if self.behalf else None

    @property
    def shares_drafts(self) -> bool:
        """Whether drafts belong to the owner's whole staff, and not to who typed them."""
        return self.behalf is not None and self.behalf.kind == "organisation"

    def may(self, right: Right, *, procedure: str = "") -> bool:
        """Whether this right is held (for a procedure, where one is named); in one's own matters every one is."""
        if self.behalf is None:
            return True
        return right in self.behalf.rights and (not procedure or self.behalf.covers(procedure))


@dataclass(frozen=True)
class Post:
    """One present assignment of an officer, or of an absent colleague the officer stands in for (`deputy_for`)."""

    office_code: str
    function: str
    role: str
    capacity: str = ""
    deputy_for: str = ""


_NO_POST = Post("", "", "")


@dataclass(frozen=True)
class OfficerActor:
    """An officer with the assignments of the day of the act."""

    officer_id: UUID
    account_id: UUID
    name: str
    title_vi: str
    posts: tuple[Post, ...]
    stands_in_for: str = ""

    @property
    def label(self) -> str:
        """How the audit names the actor."""
        return f"officer:{self.officer_id}"

    @property
    def title(self) -> str:
        """The title as history and letters print it; a deputy's names the absent colleague."""
        return f"{self.title_vi}, làm thay {self.stands_in_for}" if self.stands_in_for else self.title_vi

    @property
    def own_posts(self) -> tuple[Post, ...]:
        """Posts without those held as a deputy."""
        return tuple(post for post in self.posts if not post.deputy_for)

    @property
    def office_codes(self) -> frozenset[str]:
        """Offices where this officer works today."""
        return frozenset(post.office_code for post in self.posts)

    def has(self, role: str, *, at_office: str) -> bool:
        """Whether the officer holds `role` at the office today."""
        return any(post.role == role and post.office_code == at_office for post in self.posts)

    def doing(self, *roles: str, at_office: str = "") -> OfficerActor:
        """The officer acting in one of these roles: for an absent colleague when no post of one's own gives it."""
        fitting = [post for post in self.posts if post.role in roles and at_office in ("", post.office_code)]
        absent = "" if any(not post.deputy_for for post in fitting) else next(iter(fitting), _NO_POST).deputy_for
        return replace(self, stands_in_for=absent)


@dataclass(frozen=True)
class System:
    """The program itself, when a rule acts."""

    label: str = "system"
    name: str = "Hệ thống"


Actor = Citizen | OfficerActor | System

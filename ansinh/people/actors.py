"""Who acts. Actions take one of these values, never a request."""

from __future__ import annotations

from dataclasses import dataclass
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
    def shares_drafts(self) -> bool:
        """Whether drafts belong to the owner's whole staff, and not to who typed them."""
        return self.behalf is not None and self.behalf.kind == "organisation"

    def may(self, right: Right) -> bool:
        """Whether this right is held; in one's own matters every one is."""
        return self.behalf is None or right in self.behalf.rights


@dataclass(frozen=True)
class Post:
    """One present assignment of an officer."""

    office_code: str
    function: str
    role: str
    capacity: str = ""


@dataclass(frozen=True)
class OfficerActor:
    """An officer with the assignments of the day of the act."""

    officer_id: UUID
    account_id: UUID
    name: str
    title_vi: str
    posts: tuple[Post, ...]

    @property
    def label(self) -> str:
        """How the audit names the actor."""
        return f"officer:{self.officer_id}"

    @property
    def office_codes(self) -> frozenset[str]:
        """Offices where this officer works today."""
        return frozenset(post.office_code for post in self.posts)

    def has(self, role: str, *, at_office: str) -> bool:
        """Whether the officer holds `role` at the office today."""
        return any(post.role == role and post.office_code == at_office for post in self.posts)


@dataclass(frozen=True)
class System:
    """The program itself, when a rule acts."""

    label: str = "system"
    name: str = "Hệ thống"


Actor = Citizen | OfficerActor | System

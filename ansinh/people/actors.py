"""Who acts. Actions take one of these values, never a request."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Citizen:
    """A signed-in person acting for oneself."""

    account_id: UUID
    person_id: UUID
    name: str

    @property
    def label(self) -> str:
        """How the audit names the actor."""
        return f"account:{self.account_id}"


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

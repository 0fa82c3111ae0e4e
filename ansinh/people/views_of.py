"""What the database is told of an actor: the keys to the rows that the actor may see (platform.row_security)."""

from __future__ import annotations

from ansinh.people.actors import Citizen, OfficerActor
from ansinh.platform.row_security.viewer import Kind, Viewer


def view_of_citizen(actor: Citizen, *, browser: str = "") -> Viewer:
    """The account's own rows, and those of the person or organisation acted for."""
    return Viewer(Kind.CITIZEN, account_id=actor.account_id, owner_id=actor.owner_id, browser=browser)


def view_of_officer(actor: OfficerActor, *, browser: str = "") -> Viewer:
    """The account's own rows, and those of the offices of today's posts."""
    return Viewer(Kind.OFFICER, account_id=actor.account_id, offices=actor.office_codes, browser=browser)

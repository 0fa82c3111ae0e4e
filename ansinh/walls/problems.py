"""Who may touch a reported problem: what the register says of it, in full."""

from __future__ import annotations

from typing import Final

from ansinh.walls.rules import ACCOUNT, ANY_OFFICE, HOUSE, OFFICES, OWNER, any_of, seen

PROBLEM: Final = any_of(
    HOUSE,
    f"(organisation_id IS NULL AND {ANY_OFFICE})",  # an office's own: there is no person in it
    f"to_office_id = ANY ({OFFICES})",
    f"organisation_id = {OWNER}",
    seen(
        "offices_office place",
        f"place.code = directives_problemreport.to_office_id AND place.parent_id = ANY ({OFFICES})",
    ),
    seen(
        "directives_problemstep step",
        f"step.report_id = directives_problemreport.id AND step.office_id = ANY ({OFFICES})",
    ),
    seen(
        "people_staffmember member JOIN people_organisation unit"
        " ON member.organisation_id IN (unit.id, unit.parent_id)",
        f"unit.id = directives_problemreport.organisation_id AND member.account_id = {ACCOUNT}",
    ),
)
"""A unit's problem is seen where it lies, at the office above, where it went through, and by the unit's own people."""

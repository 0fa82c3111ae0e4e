"""One of everything that pages of the staff change, about the counter of the local office."""

from __future__ import annotations

from datetime import datetime

from ansinh.people.officers.delegate import delegate
from ansinh.people.officers.enrol import NewOfficer, ask_account
from ansinh.people.officers.units import Unit, give_unit
from ansinh.platform.zone import local_day
from tests.people.life_cycles.officers import PERSONS, colleague, delegated, department, deputy_of, post
from tests.world import LOCAL_OFFICE, World


def rows_of_staff(world: World, *, at: datetime) -> dict[str, str]:
    """Name of the page → the row of its address."""
    counter = world["counter"]
    named = deputy_of(world, "counter", colleague(), at)
    charge = give_unit(
        Unit(LOCAL_OFFICE, "TA0123A", "Trường Tiểu học Bờ Sông", "Lý Thị Thơm", "0900000401"),
        officer_id=counter.officer_id, function="benefits", actor=world["leader"], valid_from=local_day(at), at=at,
    )  # fmt: skip
    to_department = delegate(
        actor=world["leader"], office_code=LOCAL_OFFICE, to=department(world, "Bộ phận Một cửa", at, "benefits"),
        procedures=[PERSONS], document_number="9/QĐ-BHXH", four_eyes=False, valid_from=local_day(at), at=at,
    )  # fmt: skip
    new = ask_account(
        NewOfficer("nguoi-moi", "Lò Thị Xôm", "Chuyên viên", phone="0900000777"), office_code=LOCAL_OFFICE,
        actor=world["admin"], document_number="10/QĐ-BHXH", at=at,
    )  # fmt: skip
    return {
        "confirm-account": str(new.pk),
        "refuse-account": str(new.pk),
        "end-post": str(post(counter.officer_id).pk),
        "revoke": str(delegated(world, counter.officer_id, at).pk),
        "back": str(named.absence_id),
        "deputy": str(named.absence_id),
        "end-deputy": str(named.pk),
        "end-unit": str(charge.pk),
        "unit-contact": str(charge.pk),
        "revoke-department": str(to_department.pk),
    }

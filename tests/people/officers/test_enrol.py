"""The account of somebody new: asked by one manager, confirmed by another, opened by its holder alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ansinh.notifications.models import Message
from ansinh.people import queries
from ansinh.people.doors.factors import factors_of
from ansinh.people.models import Account, Assignment, Enrolment, Officer, Role, StaffEvent
from ansinh.people.officers.assign import assign
from ansinh.people.officers.enrol import NewOfficer, ask_account, confirm, refuse
from ansinh.people.reset_password import request_reset, reset
from ansinh.people.sign_in import sign_in
from ansinh.people.views_of import view_of_officer
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.models import AuditEvent
from tests.walls_of import seen_as
from tests.web.citizen.codes import last_code
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment

TODAY = date(2026, 11, 9)
MONDAY = a_moment(TODAY)
XOM = NewOfficer("lxom", "Lò Thị  Xôm", "Chuyên viên", phone="0900 000 777")
SESSION, NETWORK, CHOSEN = "browser of xom", "203.0.113.9", "nương ngô đầu dốc"


def asked(world: World, wanted: NewOfficer = XOM, *, by: str = "admin", office: str = LOCAL_OFFICE) -> Enrolment:
    return ask_account(wanted, office_code=office, actor=world[by], document_number="7/QĐ-BHXH", at=MONDAY)


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("R-159")
def test_from_the_request_to_the_desk_nobody_else_knows_a_password(world: World) -> None:
    row = asked(world)
    assert not Account.objects.filter(login="lxom").exists(), "nothing exists before the second person"
    officer = confirm(row.pk, actor=world["leader"], at=MONDAY)
    account = officer.account
    assert (account.display_name, account.phone, account.has_usable_password()) == ("Lò Thị Xôm", "84900000777", False)
    invitation = Message.objects.get(purpose="officer_enrolled")
    assert invitation.recipient == "84900000777" and "lxom" in invitation.body
    code_id = request_reset("lxom", channel="sms", session_key=SESSION, network=NETWORK, at=MONDAY)
    reset(code_id=code_id, typed=last_code(), session_key=SESSION, password=CHOSEN, at=MONDAY)
    assert sign_in("lxom", CHOSEN, network=NETWORK, at=MONDAY) == account
    assert not factors_of(account.pk).any, "the desk asks for a second factor first"
    assert queries.officer(account, on=TODAY) is None, "an account alone gives no right"
    assign(
        officer.pk, actor=world["leader"], office_code=LOCAL_OFFICE, function="book_card", role=Role.CARD,
        document_number="8/QĐ-BHXH", valid_from=TODAY, at=MONDAY,
    )  # fmt: skip
    actor = queries.officer(account, on=TODAY)
    assert actor is not None and actor.has(Role.CARD, at_office=LOCAL_OFFICE)


def test_four_eyes_by_the_action_and_by_the_database(world: World) -> None:
    row = asked(world)
    with pytest.raises(Conflict) as refused:
        confirm(row.pk, actor=world["admin"], at=MONDAY)
    assert refused.value.code == "four-eyes"
    officer = Officer.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(pk=row.pk).update(
            state="confirmed", decided_by=row.asked_by, decided_at=MONDAY, officer=officer
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(pk=row.pk).update(phone="84911111111")
    assert not Account.objects.filter(login="lxom").exists()


@pytest.mark.parametrize(
    ("who", "office", "may"),
    [
        ("leader", LOCAL_OFFICE, True),
        ("admin", LOCAL_OFFICE, True),
        ("director", LOCAL_OFFICE, True),
        ("province_leader", LOCAL_OFFICE, True),
        ("head", LOCAL_OFFICE, False),
        ("counter", LOCAL_OFFICE, False),
        ("leader", OTHER_OFFICE, False),
        ("admin", OTHER_OFFICE, False),
    ],
)
def test_who_opens_accounts_where(world: World, who: str, office: str, may: bool) -> None:
    if may:
        assert asked(world, by=who, office=office).state == "asked"
        return
    with pytest.raises(NotAllowed):
        asked(world, by=who, office=office)


def test_somebody_of_another_office_does_not_find_the_request(world: World) -> None:
    row = asked(world, by="director", office=OTHER_OFFICE)
    for who in ("leader", "admin"):
        with pytest.raises(NotFound):
            confirm(row.pk, actor=world[who], at=MONDAY)
    assert confirm(row.pk, actor=world["province_leader"], at=MONDAY).full_name == "Lò Thị Xôm"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"staff_code": "090190000018"}, "staff-code-form"),
        ({"staff_code": "x"}, "staff-code-form"),
        ({"full_name": " "}, "officer-incomplete"),
        ({"title_vi": ""}, "officer-incomplete"),
        ({"phone": "", "email": ""}, "officer-contact"),
        ({"phone": "12"}, "officer-phone"),
        ({"email": "không phải"}, "officer-email"),
    ],
)
def test_what_cannot_be_an_officers_account_is_refused(world: World, more: dict[str, Any], code: str) -> None:
    values = {"staff_code": "lxom", "full_name": "Lò Thị Xôm", "title_vi": "Chuyên viên", "phone": "0900000777", **more}
    with pytest.raises(Invalid) as refused:
        asked(world, NewOfficer(**values))
    assert refused.value.code == code


def test_a_staff_code_that_is_taken_or_waits_is_not_asked_again(world: World) -> None:
    with pytest.raises(Conflict) as taken:
        asked(world, NewOfficer("can-bo-counter", "Ai Đó", "Chuyên viên", phone="0900000777"))
    assert taken.value.code == "staff-code-taken"
    asked(world)
    with pytest.raises(Conflict) as waits:
        asked(world, by="leader")
    assert waits.value.code == "staff-code-asked"


def test_a_refused_request_leaves_no_account_and_frees_the_code(world: World) -> None:
    row = asked(world)
    with pytest.raises(Invalid):
        refuse(row.pk, actor=world["leader"], reason=" ", at=MONDAY)
    refuse(row.pk, actor=world["leader"], reason="Ghi nhầm mã", at=MONDAY)
    with pytest.raises(Conflict):
        confirm(row.pk, actor=world["leader"], at=MONDAY)
    assert asked(world).state == "asked"
    states = AuditEvent.objects.filter(table="people_enrolment", row_id=row.pk).order_by("pk")
    assert [event.to_state for event in states] == ["asked", "refused"]


def test_the_history_names_both_and_the_document(world: World) -> None:
    officer = confirm(asked(world).pk, actor=world["leader"], at=MONDAY + timedelta(hours=1))
    event = StaffEvent.objects.get(officer=officer)
    assert (event.kind, event.actor_id, event.document_number) == (
        "account_opened", world["leader"].officer_id, "7/QĐ-BHXH",
    )  # fmt: skip
    assert event.facts["asked_by"] == "Ngô Thị Sen"
    assert not Assignment.objects.filter(officer=officer).exists()


def test_the_confirmation_works_behind_the_second_wall(world: World) -> None:
    row = asked(world)
    with seen_as(view_of_officer(world["leader"])):
        officer = confirm(row.pk, actor=world["leader"], at=MONDAY)
    assert Account.objects.get(login="lxom").pk == officer.account_id

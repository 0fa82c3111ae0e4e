"""Where benefits are paid: proven, held, told to the contacts of before, stopped by a code, decided by two."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from ansinh.notifications.models import Message, Notice
from ansinh.offices.counters import Pausing, announce
from ansinh.people.actors import Behalf, Citizen, OfficerActor, Right
from ansinh.people.former_contacts import keep
from ansinh.people.models import Account, Person, Role
from ansinh.people.strong_proof import StrongProof
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.identifiers import uuid7
from ansinh.platform.zone import VIETNAM
from ansinh.registry.bank_accounts import settle
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.ask import ask_at_counter, ask_online
from ansinh.registry.bank_accounts.payable import payable_account
from ansinh.registry.bank_accounts.stop import freeze, withdraw
from ansinh.registry.models import BankAccountChange, ChangeState
from tests.world import LOCAL_OFFICE, LONG_AGO, OTHER_OFFICE, World, a_world, an_officer

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=VIETNAM)
OLD = {"bank": "970405", "number": "3900205123456", "holder": "TRAN THI MAI LAN"}
NEW = BankAccount("970436", "0011002233445", "TRAN THI MAI LAN")
SOON = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = a_world()
    for one in Person.objects.all():
        one.bank_account = OLD
        one.save()
    return made


@pytest.fixture
def cashier(world: World) -> OfficerActor:
    return an_officer("ketoan", "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))


def proof(method: str = "passkey", *, since: datetime = LONG_AGO, at: datetime = NOW) -> StrongProof:
    return StrongProof(method, enrolled_at=since, proven_at=at)  # type: ignore[arg-type]


def paid_into(world: World, *, at: datetime) -> str:
    account = payable_account(world.citizen.person_id, at=at)
    assert account is not None
    return account.number


def code_told() -> str:
    body = Message.objects.filter(channel="sms").latest("created_at").body
    return body.rsplit(" ", 1)[1]


def somebody_else(name: str = "Lê Văn Tám") -> Citizen:
    person = Person.objects.create(
        full_name=name, search_key=name.lower(), date_of_birth="1960-01-01", sex="male",
        personal_id_number=f"09019000{Person.objects.count():04d}", updated_at=LONG_AGO,
    )  # fmt: skip
    account = Account.objects.create(
        login=person.personal_id_number, person=person, display_name=name, state="active", activated_at=LONG_AGO,
        created_at=LONG_AGO, phone="84905000999",
    )  # fmt: skip
    return Citizen(account.pk, person.pk, name)


@pytest.mark.parametrize(("method", "hours"), [("passkey", 24), ("vneid", 24), ("totp", 72)])
def test_the_old_account_is_paid_until_the_hold_is_over(world: World, method: str, hours: int) -> None:
    ask_online(NEW, actor=world.citizen, proof=proof(method), at=NOW)
    over = NOW + timedelta(hours=hours)
    assert paid_into(world, at=over - SOON) == OLD["number"]
    assert paid_into(world, at=over) == NEW.number


def test_a_password_and_a_code_by_sms_open_no_change(world: World) -> None:
    with pytest.raises(NotAllowed) as refused:
        ask_online(NEW, actor=world.citizen, proof=None, at=NOW)
    assert refused.value.code == "strong-proof-needed"
    with pytest.raises(NotAllowed):
        ask_online(NEW, actor=world.citizen, proof=proof(at=NOW - timedelta(minutes=10, seconds=1)), at=NOW)
    assert not BankAccountChange.objects.exists()


def test_whoever_acts_for_the_pensioner_comes_to_the_office(world: World) -> None:
    rights = frozenset({Right.READ, Right.FILE, Right.SIGN, Right.PAY})
    behalf = Behalf("mandate", world.citizen.person_id, world.citizen.name, rights, uuid7())
    helper = replace(somebody_else(), behalf=behalf)
    with pytest.raises(NotAllowed) as refused:
        ask_online(NEW, actor=helper, proof=proof(), at=NOW)
    assert refused.value.code == "not-ones-own"


@pytest.mark.parametrize(
    ("reason", "account", "since"),
    [
        ("holder-differs", BankAccount("970436", "0011002233445", "NGUYEN VAN KHAC"), LONG_AGO),
        ("new-factor", NEW, NOW - timedelta(days=3) + SOON),
    ],
)
def test_what_is_odd_waits_for_officers(world: World, reason: str, account: BankAccount, since: datetime) -> None:
    change = ask_online(account, actor=world.citizen, proof=proof(since=since), at=NOW)
    assert (change.state, change.reasons) == (ChangeState.REVIEW, [reason])
    assert paid_into(world, at=NOW + timedelta(days=365)) == OLD["number"]


def test_a_passkey_of_three_days_is_old_enough(world: World) -> None:
    change = ask_online(NEW, actor=world.citizen, proof=proof(since=NOW - timedelta(days=3)), at=NOW)
    assert change.state == ChangeState.HELD


def test_contacts_replaced_lately_are_told_too_and_officers_look(world: World) -> None:
    account = Account.objects.get(pk=world.citizen.account_id)
    keep(account, at=NOW - timedelta(days=2))
    Account.objects.filter(pk=account.pk).update(phone="84905000777")
    change = ask_online(NEW, actor=world.citizen, proof=proof(), at=NOW)
    assert change.reasons == ["new-contacts"]
    told = set(Message.objects.filter(channel="sms").values_list("recipient", flat=True))
    assert told == {"84905000777", account.phone}
    assert Notice.objects.filter(account_id=account.pk).count() == 1


def test_contacts_replaced_long_ago_are_left_alone(world: World) -> None:
    account = Account.objects.get(pk=world.citizen.account_id)
    keep(account, at=NOW - timedelta(days=91))
    Account.objects.filter(pk=account.pk).update(phone="84905000777")
    assert ask_online(NEW, actor=world.citizen, proof=proof(), at=NOW).state == ChangeState.HELD
    assert set(Message.objects.filter(channel="sms").values_list("recipient", flat=True)) == {"84905000777"}


def test_one_account_for_two_people_is_looked_at(world: World) -> None:
    first = ask_online(NEW, actor=world.citizen, proof=proof(), at=NOW)
    later = NOW + timedelta(days=9)
    other = replace(NEW, holder="LE VAN TAM")
    second = ask_online(other, actor=somebody_else(), proof=proof(at=later), at=later)
    assert (first.state, second.state, second.reasons) == (ChangeState.HELD, ChangeState.REVIEW, ["many-people"])


def test_the_code_of_the_notice_stops_the_change_without_signing_in(world: World) -> None:
    ask_online(NEW, actor=world.citizen, proof=proof(), at=NOW)
    code = code_told()
    freeze(code.lower().replace("-", " "), at=NOW + timedelta(hours=1))
    assert paid_into(world, at=NOW + timedelta(days=30)) == OLD["number"]
    freeze(code, at=NOW + timedelta(hours=2))
    assert BankAccountChange.objects.get().state == ChangeState.FROZEN


def test_the_code_stops_it_after_it_took_effect_too(world: World) -> None:
    ask_online(NEW, actor=world.citizen, proof=proof(), at=NOW)
    later = NOW + timedelta(days=2)
    assert paid_into(world, at=later) == NEW.number
    freeze(code_told(), at=later)
    assert paid_into(world, at=later) == OLD["number"]


def test_an_unknown_code_stops_nothing(world: World) -> None:
    ask_online(NEW, actor=world.citizen, proof=proof(), at=NOW)
    with pytest.raises(NotFound):
        freeze("AAAAA-BBBBB", at=NOW)
    assert BankAccountChange.objects.get().state == ChangeState.HELD


def test_two_changes_do_not_run_at_once(world: World) -> None:
    ask_online(NEW, actor=world.citizen, proof=proof(), at=NOW)
    with pytest.raises(Conflict) as refused:
        ask_online(replace(NEW, number="77777777"), actor=world.citizen, proof=proof(), at=NOW)
    assert refused.value.code == "change-open"


def test_the_account_in_use_needs_no_change(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        ask_online(BankAccount(**OLD), actor=world.citizen, proof=proof(), at=NOW)
    assert refused.value.code == "same-account"


def test_a_change_is_taken_back_before_it_counts_and_not_after(world: World) -> None:
    change = ask_online(NEW, actor=world.citizen, proof=proof(), at=NOW)
    with pytest.raises(NotFound):
        withdraw(change.pk, actor=somebody_else(), at=NOW)
    with pytest.raises(Conflict):
        withdraw(change.pk, actor=world.citizen, at=NOW + timedelta(hours=24))
    withdraw(change.pk, actor=world.citizen, at=NOW + timedelta(hours=23))
    assert paid_into(world, at=NOW + timedelta(days=30)) == OLD["number"]
    assert ask_online(NEW, actor=world.citizen, proof=proof(), at=NOW).state == ChangeState.HELD


def at_the_counter(world: World, **more: object) -> BankAccountChange:
    given = {
        "person_id": world.citizen.person_id, "office_code": LOCAL_OFFICE, "identity_matches": True, "note": "",
        "at": NOW, **more,
    }  # fmt: skip
    return ask_at_counter(NEW, actor=world["counter"], **given)  # type: ignore[arg-type]


def test_at_a_counter_a_second_officer_decides_and_the_contacts_have_hours_to_stop_it(
    world: World, cashier: OfficerActor
) -> None:
    change = at_the_counter(world)
    assert paid_into(world, at=NOW + timedelta(days=30)) == OLD["number"]
    settle.approve(change.pk, actor=cashier, at=NOW)
    assert paid_into(world, at=NOW + timedelta(hours=4) - SOON) == OLD["number"]
    assert paid_into(world, at=NOW + timedelta(hours=4)) == NEW.number


def test_one_officer_with_two_roles_does_not_decide_alone(world: World) -> None:
    both = an_officer(
        "hai-vai", "Phan Gia Khiêm", "Tổ trưởng", ((LOCAL_OFFICE, Role.INTAKE), (LOCAL_OFFICE, Role.HEAD))
    )
    change = ask_at_counter(
        NEW, actor=both, person_id=world.citizen.person_id, office_code=LOCAL_OFFICE, identity_matches=True, note="",
        at=NOW,
    )  # fmt: skip
    with pytest.raises(Conflict) as refused:
        settle.approve(change.pk, actor=both, at=NOW)
    assert refused.value.code == "two-officers"
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccountChange.objects.update(state="approved", decided_by_id=both.officer_id, effective_at=NOW)


def test_without_comparing_the_person_nothing_is_taken_or_approved(world: World, cashier: OfficerActor) -> None:
    with pytest.raises(Invalid):
        at_the_counter(world, identity_matches=False)
    change = ask_online(NEW, actor=world.citizen, proof=proof(since=NOW), at=NOW)
    with pytest.raises(Conflict) as refused:
        settle.approve(change.pk, actor=cashier, at=NOW)
    assert refused.value.code == "not-compared"
    settle.compare(change.pk, actor=world["counter"], office_code=LOCAL_OFFICE, note="Xem căn cước", at=NOW)
    assert settle.approve(change.pk, actor=cashier, at=NOW).state == ChangeState.APPROVED


def test_only_the_office_that_pays_has_the_change_in_its_list(world: World, cashier: OfficerActor) -> None:
    change = ask_online(NEW, actor=world.citizen, proof=proof(since=NOW), at=NOW)
    assert [one.pk for one in settle.waiting_changes(viewer=cashier)] == [change.pk]
    assert not settle.waiting_changes(viewer=world["other_counter"]).exists()
    with pytest.raises(NotFound):
        settle.compare(change.pk, actor=world["other_counter"], office_code=OTHER_OFFICE, note="", at=NOW)


def test_any_counter_the_person_comes_to_deals_with_it_from_then_on(world: World, cashier: OfficerActor) -> None:
    there = an_officer("ketoan2", "Vũ Thị Hòa", "Kế toán chi trả", ((OTHER_OFFICE, Role.FINANCE),))
    change = ask_online(NEW, actor=world.citizen, proof=proof(since=NOW), at=NOW)
    found = settle.take_to_counter(
        world.citizen.person_id, actor=world["other_counter"], office_code=OTHER_OFFICE, at=NOW
    )
    assert found.pk == change.pk
    settle.compare(change.pk, actor=world["other_counter"], office_code=OTHER_OFFICE, note="Xem căn cước", at=NOW)
    with pytest.raises(NotFound):
        settle.approve(change.pk, actor=cashier, at=NOW)
    assert settle.approve(change.pk, actor=there, at=NOW).state == ChangeState.APPROVED


def test_a_closed_counter_neither_takes_nor_compares_and_names_the_nearest_open_one(
    world: World, cashier: OfficerActor
) -> None:
    change = ask_online(NEW, actor=world.citizen, proof=proof(since=NOW), at=NOW)
    announce(
        Pausing(
            LOCAL_OFFICE, "disaster", "Nước ngập trụ sở", "province_committee", "Công điện 12/CĐ-UBND", "Quầy nghỉ.",
            "", NOW.date(), NOW.date(),
        ),
        by="officer:x", at=NOW,
    )  # fmt: skip
    with pytest.raises(Conflict, match="BHXH cơ sở Cửa Lò"):
        settle.take_to_counter(world.citizen.person_id, actor=world["counter"], office_code=LOCAL_OFFICE, at=NOW)
    with pytest.raises(Conflict, match="BHXH cơ sở Cửa Lò"):
        settle.compare(change.pk, actor=world["counter"], office_code=LOCAL_OFFICE, note="Xem căn cước", at=NOW)
    settle.refuse(change.pk, actor=cashier, note="Người hưởng không yêu cầu", at=NOW)  # at the desk, not in person
    with pytest.raises(Conflict, match="BHXH cơ sở Cửa Lò"):
        at_the_counter(world)
    tomorrow = NOW + timedelta(days=1)
    assert at_the_counter(world, at=tomorrow).state == ChangeState.REVIEW


def test_a_change_of_nobody_and_a_counter_that_is_not_ones_own_take_nothing(world: World) -> None:
    with pytest.raises(NotFound):
        settle.take_to_counter(world.citizen.person_id, actor=world["counter"], office_code=LOCAL_OFFICE, at=NOW)
    ask_online(NEW, actor=world.citizen, proof=proof(since=NOW), at=NOW)
    with pytest.raises(NotAllowed):
        settle.take_to_counter(world.citizen.person_id, actor=world["counter"], office_code=OTHER_OFFICE, at=NOW)


@pytest.mark.parametrize("who", ["specialist", "collector", "other_specialist"])
def test_other_officers_neither_see_nor_decide(world: World, who: str) -> None:
    change = at_the_counter(world)
    with pytest.raises(NotAllowed):
        list(settle.waiting_changes(viewer=world[who]))
    with pytest.raises(NotAllowed):
        settle.approve(change.pk, actor=world[who], at=NOW)
    with pytest.raises(NotAllowed):
        ask_at_counter(
            NEW, actor=world[who], person_id=world.citizen.person_id, office_code=LOCAL_OFFICE, identity_matches=True,
            note="", at=NOW,
        )  # fmt: skip


def test_a_refusal_says_why_and_the_old_account_stays(world: World, cashier: OfficerActor) -> None:
    change = at_the_counter(world)
    with pytest.raises(Invalid):
        settle.refuse(change.pk, actor=cashier, note=" ", at=NOW)
    settle.refuse(change.pk, actor=cashier, note="Người hưởng không yêu cầu", at=NOW)
    assert paid_into(world, at=NOW + timedelta(days=30)) == OLD["number"]
    assert "Người hưởng không yêu cầu" in Notice.objects.get(code="bank_account_refused").body_vi


def test_a_stopped_change_is_opened_again_by_two_officers_only(world: World, cashier: OfficerActor) -> None:
    change = ask_online(NEW, actor=world.citizen, proof=proof(), at=NOW)
    freeze(code_told(), at=NOW)
    with pytest.raises(Conflict):
        settle.approve(change.pk, actor=cashier, at=NOW)
    settle.compare(change.pk, actor=world["counter"], office_code=LOCAL_OFFICE, note="Chính chủ đổi", at=NOW)
    settle.approve(change.pk, actor=cashier, at=NOW)
    assert paid_into(world, at=NOW + timedelta(hours=4)) == NEW.number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"bank": "", "number": "123456", "holder": "A"}, "bank-missing"),
        ({"bank": "970405", "number": "12345", "holder": "A"}, "bank-number-form"),
        ({"bank": "970405", "number": "1" * 20, "holder": "A"}, "bank-number-form"),
        ({"bank": "970405", "number": "12 34.56", "holder": " .. "}, "bank-holder-missing"),
    ],
)
def test_an_account_is_checked_as_typed(typed: dict[str, str], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        BankAccount.typed(**typed)
    assert refused.value.code == code


def test_spaces_and_marks_are_no_reason_to_refuse() -> None:
    account = BankAccount.typed(bank="970405", number="3900 2051.234-56", holder="Trần Thị Mai Lan")
    assert (account.number, account.holder, account.masked) == (
        "3900205123456", "TRAN THI MAI LAN", "•••• 3456",
    )  # fmt: skip

"""Back into an account: two officers, the person's own hand, the old contacts' veto, and nothing readable anywhere."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction

from ansinh.notifications.models import Message
from ansinh.offices.counters import Pausing, announce
from ansinh.people.doors import recovery_codes
from ansinh.people.doors.factors import Factors, factors_of
from ansinh.people.former_contacts import former_contacts
from ansinh.people.models import Account, LinkedIdentity, Recovery
from ansinh.people.recovery import secrets
from ansinh.people.recovery.decide import approve, refuse
from ansinh.people.recovery.find import Wanted, accounts
from ansinh.people.recovery.set_anew import open_secret, send_code, set_anew, the_opened
from ansinh.people.recovery.stop import stop
from ansinh.people.sign_in import sign_in
from ansinh.people.tokens import give_token
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.models import AuditEvent
from tests.people.recovery.conftest import AT, Counter
from tests.web.citizen.codes import last_code
from tests.world import ID_NUMBER, LOCAL_OFFICE, PASSWORD, SI_NUMBER, World, a_passkey, an_account, delegate

pytestmark = pytest.mark.django_db(transaction=True)

SESSION, NETWORK, NEW_PHONE = "browser of lan", "203.0.113.9", "84977000111"
NEW_PASSWORD = "cánh đồng sau mưa"


def opens(secret: str, *, number: str = ID_NUMBER, session: str = SESSION, minutes: int = 1) -> Recovery:
    """The person types the slip."""
    return open_secret(secret, personal_number=number, session_key=session, at=AT + timedelta(minutes=minutes))


def finishes(recovery_id: UUID, *, password: str = NEW_PASSWORD) -> Account:
    """The person proves the new telephone and chooses a password."""
    at = AT + timedelta(minutes=2)
    sent = send_code(
        recovery_id, channel="sms", recipient=NEW_PHONE, session_key=SESSION, network=NETWORK, at=at
    )  # fmt: skip
    return set_anew(
        recovery_id, code_id=sent.pk, typed=last_code(), password=password, session_key=SESSION, at=at
    )  # fmt: skip


def stop_code(account: Account) -> str:
    """The code as the old telephone shows it."""
    told = Message.objects.filter(recipient=account.phone, purpose__startswith="recovery").latest("created_at")
    return next(word.strip(".") for word in told.body.split() if len(word.strip(".")) == 10 and word.isupper())


def test_the_whole_way(counter: Counter) -> None:
    token, _ = give_token(ID_NUMBER, PASSWORD, network=NETWORK, at=AT)
    assert token
    LinkedIdentity.objects.create(
        account=counter.account,
        provider="vneid",
        issuer="https://x.example",
        subject="s",
        by_number=False,
        linked_at=AT,
    )
    a_passkey(counter.account.pk)
    recovery_codes.make(counter.account.pk, at=AT)
    made, secret = counter.approved()
    opens(secret)
    account = finishes(made.pk)
    assert (account.phone, account.email, account.state) == (NEW_PHONE, "", "active")
    assert sign_in(ID_NUMBER, NEW_PASSWORD, network=NETWORK, at=AT) == account
    with pytest.raises(NotAllowed):
        sign_in(ID_NUMBER, PASSWORD, network=NETWORK, at=AT)
    assert not account.accesstoken_set.filter(revoked_at=None).exists()
    assert not account.identities.filter(state="linked").exists()
    assert factors_of(account.pk) == Factors(totp=False, passkeys=0, recovery_codes=0)
    assert former_contacts(account.pk, since=AT) == [(counter.account.phone, "lan@example.vn")]
    told = set(Message.objects.filter(purpose="recovery_done").values_list("recipient", flat=True))
    assert told == {counter.account.phone, "lan@example.vn"}
    assert Recovery.objects.get().state == "done"
    states = AuditEvent.objects.filter(table="people_recovery", row_id=made.pk).order_by("pk")
    assert [event.to_state for event in states] == ["opened", "approved", "done"]


def test_the_old_contacts_hear_of_it_at_once(counter: Counter) -> None:
    counter.opened()
    told = Message.objects.filter(purpose="recovery_opened")
    assert {message.recipient for message in told} == {counter.account.phone, "lan@example.vn"}
    assert all(len(message.body) <= 160 for message in told if message.channel == "sms")


def test_nothing_readable_is_stored_and_no_officer_sees_a_password(counter: Counter) -> None:
    made, secret = counter.approved()
    opens(secret)
    account = finishes(made.pk)
    rows = serializers.serialize("json", [*Recovery.objects.all(), *Account.objects.filter(pk=account.pk)])
    bodies = json.dumps(list(Message.objects.values_list("body", flat=True)), ensure_ascii=False)
    for readable in (secret, secret.replace("-", ""), NEW_PASSWORD):
        assert readable not in rows
        assert readable not in bodies
    assert stop_code(counter.account) not in rows


def test_the_one_who_opened_it_cannot_approve(counter: Counter, world: World) -> None:
    made = counter.opened()
    delegate(counter.first, by=world["leader"], procedures=["khoi-phuc-tai-khoan"])
    with pytest.raises(Conflict) as refused:
        approve(made.pk, actor=counter.first, at=AT)
    assert refused.value.code == "four-eyes"
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=made.pk).update(decided_by=made.opened_by_id)


def test_approving_takes_the_delegation_for_recoveries(counter: Counter, world: World) -> None:
    made = counter.opened()
    delegate(world["other_counter"], by=world["leader"], office="90002")
    with pytest.raises(Conflict) as refused:
        approve(made.pk, actor=world["other_counter"], at=AT)
    assert refused.value.code == "no-delegation"


def test_approving_takes_a_photograph(counter: Counter) -> None:
    made = counter.opened()
    made.papers.all().delete()
    with pytest.raises(Conflict) as refused:
        approve(made.pk, actor=counter.second, at=AT)
    assert refused.value.code == "photo-missing"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"compared": ["si_book"]}, "recovery-needs-identity"),
        ({"compared": []}, "recovery-needs-identity"),
        ({"compared": ["id_card", "invented"]}, "recovery-needs-identity"),
        ({"reason": ""}, "recovery-needs-reason"),
    ],
)
def test_without_identity_papers_or_a_reason_it_is_not_opened(
    counter: Counter, more: dict[str, object], code: str
) -> None:  # fmt: skip
    with pytest.raises(Invalid) as refused:
        counter.opened(**more)
    assert refused.value.code == code
    assert not Message.objects.exists()


def test_who_is_not_at_a_counter_finds_nobody(counter: Counter, world: World) -> None:
    with pytest.raises(NotAllowed):
        accounts(Wanted(number=ID_NUMBER), actor=world["specialist"], at=AT)
    with pytest.raises(NotAllowed):
        counter.opened(office_code="90002")


def test_one_recovery_at_a_time(counter: Counter) -> None:
    counter.opened()
    with pytest.raises(Conflict, match="đang có một việc khôi phục"):
        counter.opened()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(number=ID_NUMBER), 1),
        (Wanted(si_number=SI_NUMBER), 1),
        (Wanted(name="tran thi mai lan", born="1990-05-12"), 1),
        (Wanted(name="tran thi mai lan", born="1990"), 1),
        (Wanted(name="tran thi mai lan", born="1990-05-13"), 0),
        (Wanted(number="090190000999"), 0),
    ],
)
def test_any_office_finds_by_number_or_by_name_and_birth_date(
    counter: Counter, world: World, wanted: Wanted, found: int
) -> None:  # fmt: skip
    an_account("can-bo-x", "Trần Thị Mai Lan")  # an officer's account is nobody's to recover
    assert len(accounts(wanted, actor=world["other_counter"], at=AT)) == found


def test_a_name_alone_is_not_enough(counter: Counter) -> None:
    with pytest.raises(Invalid, match="họ tên kèm ngày sinh"):
        accounts(Wanted(name="Trần Thị Mai Lan"), actor=counter.first, at=AT)


def test_the_slip_is_for_one_browser_minutes_and_five_wrong_numbers(counter: Counter) -> None:
    made, secret = counter.approved()
    for _ in range(2):
        with pytest.raises(NotAllowed):
            opens(secret, number="090190000999")
    opens(secret.lower().replace("-", " "))
    with pytest.raises(NotAllowed):
        opens(secret, session="another browser")
    with pytest.raises(NotAllowed):
        the_opened(made.pk, session_key="another browser", at=AT)
    with pytest.raises(NotAllowed):
        the_opened(made.pk, session_key=SESSION, at=AT + timedelta(minutes=30))
    assert the_opened(made.pk, session_key=SESSION, at=AT + timedelta(minutes=29)) == made


def test_five_wrong_numbers_wear_it_out(counter: Counter) -> None:
    _, secret = counter.approved()
    for _ in range(5):
        with pytest.raises(NotAllowed):
            opens(secret, number="090190000999")
    with pytest.raises(NotAllowed):
        opens(secret)


def test_a_new_slip_ends_the_old_one(counter: Counter) -> None:
    made, old = counter.approved()
    new = approve(made.pk, actor=counter.second, at=AT)
    with pytest.raises(NotAllowed):
        opens(old)
    opens(new)


def test_a_used_slip_is_used(counter: Counter) -> None:
    made, secret = counter.approved()
    opens(secret)
    finishes(made.pk)
    for session in (SESSION, "another browser"):
        with pytest.raises(NotAllowed):
            opens(secret, session=session)


def test_a_weak_password_costs_nothing(counter: Counter) -> None:
    made, secret = counter.approved()
    opens(secret)
    with pytest.raises(Invalid):
        finishes(made.pk, password=ID_NUMBER)
    finishes(made.pk)


def test_refused_it_opens_nothing(counter: Counter) -> None:
    made, secret = counter.approved()
    refuse(made.pk, actor=counter.first, at=AT)
    with pytest.raises(NotAllowed):
        opens(secret)
    with pytest.raises(Conflict):
        approve(made.pk, actor=counter.second, at=AT)


def test_the_old_telephone_stops_it_before_the_new_password(counter: Counter) -> None:
    made, secret = counter.approved()
    opens(secret)
    assert stop(stop_code(counter.account), network=NETWORK, at=AT) is False
    with pytest.raises(NotAllowed):
        the_opened(made.pk, session_key=SESSION, at=AT)
    assert sign_in(ID_NUMBER, PASSWORD, network=NETWORK, at=AT).phone == counter.account.phone


def test_the_old_telephone_freezes_the_account_after_it_and_only_a_counter_opens_it_again(counter: Counter) -> None:
    made, secret = counter.approved()
    opens(secret)
    finishes(made.pk)
    code = stop_code(counter.account)
    assert stop(code, network=NETWORK, at=AT + timedelta(hours=71)) is True
    account = Account.objects.get(pk=counter.account.pk)
    assert (account.state, account.is_active) == ("frozen", False)
    with pytest.raises(NotAllowed):
        sign_in(ID_NUMBER, NEW_PASSWORD, network=NETWORK, at=AT)
    with pytest.raises(NotAllowed):
        stop(code, network=NETWORK, at=AT + timedelta(hours=71))
    again, fresh = counter.approved()
    opens(fresh)
    assert finishes(again.pk).state == "active"


def test_after_three_days_the_veto_is_over(counter: Counter) -> None:
    made, secret = counter.approved()
    opens(secret)
    finishes(made.pk)
    with pytest.raises(NotAllowed):
        stop(stop_code(counter.account), network=NETWORK, at=AT + timedelta(hours=72, minutes=3))


def test_stop_codes_are_not_to_be_guessed(counter: Counter) -> None:
    refused = []
    for number in range(32):
        with pytest.raises(NotAllowed) as refusal:
            stop(f"ABCDEFGH{number:02d}", network=NETWORK, at=AT)
        refused.append(refusal.value.code)
    assert refused[:30] == ["stop-code-refused"] * 30
    assert set(refused[30:]) == {"asked-too-often"}
    assert secrets.stop_code(UUID(int=1)) != secrets.stop_code(UUID(int=2))


def test_the_office_of_the_opening_is_kept(counter: Counter) -> None:
    assert counter.opened().office_code == LOCAL_OFFICE


@pytest.mark.requirement("R-142", "R-143")
def test_a_closed_counter_neither_opens_nor_completes_a_recovery(counter: Counter) -> None:
    made = counter.opened()
    announce(
        Pausing(
            LOCAL_OFFICE, "disaster", "Nước ngập trụ sở", "province_committee", "Công điện 12/CĐ-UBND", "Quầy nghỉ.",
            "", AT.date(), AT.date(),
        ),
        by="officer:x", at=AT,
    )  # fmt: skip
    with pytest.raises(Conflict, match="BHXH cơ sở Cửa Lò"):
        approve(made.pk, actor=counter.second, at=AT)
    made.refresh_from_db()
    assert (made.state, made.secret_digest) == ("opened", "")
    refuse(made.pk, actor=counter.first, at=AT)
    with pytest.raises(Conflict, match="BHXH cơ sở Cửa Lò"):
        counter.opened()
    assert counter.opened(at=AT + timedelta(days=1)).state == "opened"

"""Ask to be paid into another account: by the person with a strong proof, or for the person at a counter."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.law.names import bank_form
from ansinh.offices.counters import refuse_paused
from ansinh.offices.queries import receiving_office
from ansinh.people.actors import Actor, Citizen, OfficerActor
from ansinh.people.former_contacts import former_contacts
from ansinh.people.models import Account, Person, Role
from ansinh.people.strong_proof import StrongProof
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day
from ansinh.registry.bank_accounts import freeze_code
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.happened import BankAccountChangeAsked
from ansinh.registry.bank_accounts.payable import others_of, payable_account, waiting_change
from ansinh.registry.bank_accounts.rules import Rules, rules
from ansinh.registry.models import BankAccountChange, ChangeState
from ansinh.registry.queries import insured_person

COUNTER, DECISION = "counter", "decision"


def ask_online(account: BankAccount, *, actor: Citizen, proof: StrongProof | None, at: datetime) -> BankAccountChange:
    """The person's own wish, held for the time the rules give, or looked at by officers when something is odd.

    Raises NotAllowed (`strong-proof-needed`, `not-ones-own`), Conflict (`change-open`), Invalid (`same-account`).
    """
    rule = rules(on=local_day(at))
    if actor.behalf is not None:
        raise NotAllowed(
            "not-ones-own",
            "Chỉ chính người hưởng đổi được tài khoản nhận tiền trên Cổng. "
            "Người đại diện xin đến cơ quan BHXH cùng giấy tờ.",
        )
    if proof is None or proof.proven_at < at - rule.proof:
        raise NotAllowed(
            "strong-proof-needed",
            "Đổi tài khoản nhận tiền cần xác nhận bằng khóa đăng nhập, ứng dụng xác thực hoặc VNeID; mã qua tin nhắn "
            "không đủ. Chưa có cách nào, xin đến cơ quan BHXH bất kỳ cùng giấy tờ tùy thân.",
        )
    with transaction.atomic(), acting_as(actor.label):
        person = _locked(actor.person_id)
        _refuse_pointless(account, person, at=at)
        odd = _odd(account, person, rule, factor_since=proof.enrolled_at, account_id=actor.account_id, at=at)
        return _write(
            account,
            person,
            state=ChangeState.REVIEW if odd else ChangeState.HELD,
            effective_at=None if odd else at + rule.holds[proof.method],
            way=proof.method,
            reasons=odd,
            asked_by=actor.label,
            office_code=_office_of(person, on=local_day(at)),
            at=at,
        )


def ask_at_counter(
    account: BankAccount,
    *,
    person_id: UUID,
    actor: OfficerActor,
    office_code: str,
    identity_matches: bool,
    note: str,
    at: datetime,
) -> BankAccountChange:
    """What a person asks at any counter; another officer decides it (settle.py).

    Raises NotAllowed, NotFound, Conflict (also `counter-paused`), Invalid (`identity-not-compared` unless the person
    stands there with papers).
    """
    if not actor.has(Role.INTAKE, at_office=office_code):
        raise NotAllowed("not-at-counter", "Việc này của cán bộ tiếp nhận tại quầy của cơ quan đã chọn.")
    refuse_paused(office_code, on=local_day(at))
    if not identity_matches:
        raise Invalid(
            "identity-not-compared", "Chưa đối chiếu người với giấy tờ tùy thân. Xin đối chiếu rồi đánh dấu vào ô."
        )
    with transaction.atomic(), acting_as(actor.label):
        person = _locked(person_id)
        _refuse_pointless(account, person, at=at)
        holder = Account.objects.filter(person=person).first()
        rule = rules(on=local_day(at))
        odd = _odd(account, person, rule, factor_since=None, account_id=holder.pk if holder else None, at=at)
        return _write(
            account,
            person,
            state=ChangeState.REVIEW,
            effective_at=None,
            way=COUNTER,
            reasons=[COUNTER, *odd],
            asked_by=actor.label,
            compared_by_id=actor.officer_id,
            office_code=office_code,
            note=note.strip()[:500],
            at=at,
        )


def ask_by_decision(
    account: BankAccount, *, person_id: UUID, signed: bool, actor: Actor, office_code: str, at: datetime
) -> BankAccountChange | None:
    """What a granted dossier asks, in the caller's transaction; None when that account is in use already.

    A dossier that its owner signed with a certificate is held as a change at a counter; one that a code confirmed is
    compared at a counter first, and by two officers, as ever. Raises NotFound, Conflict (`change-open`).
    """
    person = _locked(person_id)
    present = payable_account(person.pk, at=at)
    if present is not None and (present.bank, present.number) == (account.bank, account.number):
        return None
    _refuse_pointless(account, person, at=at)
    rule, holder = rules(on=local_day(at)), Account.objects.filter(person=person).first()
    odd = _odd(account, person, rule, factor_since=None, account_id=holder.pk if holder else None, at=at)
    held = signed and not odd
    return _write(
        account,
        person,
        state=ChangeState.HELD if held else ChangeState.REVIEW,
        effective_at=at + rule.holds[COUNTER] if held else None,
        way=DECISION,
        reasons=[] if held else [DECISION, *odd],
        asked_by=actor.label,
        office_code=office_code,
        at=at,
    )


def _office_of(person: Person, *, on: date) -> str:
    """The office that pays the person; empty when none is known: then the counter the person comes to deals with it."""
    insured = insured_person(person.si_number) if person.si_number else None
    if insured is None:
        return ""
    return receiving_office(managing_office=insured.managing_office, commune_code="", on=on)


def _locked(person_id: UUID) -> Person:
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound("person-not-found", "Không tìm thấy người này. Xin tìm lại bằng số định danh hoặc mã số BHXH.")
    return person


def _refuse_pointless(account: BankAccount, person: Person, *, at: datetime) -> None:
    if waiting_change(person.pk, at=at) is not None:
        raise Conflict(
            "change-open", "Đang có một thay đổi tài khoản chưa xong. Xin rút thay đổi đó, hoặc đợi xong rồi đổi tiếp."
        )
    present = payable_account(person.pk, at=at)
    if present is not None and (present.bank, present.number) == (account.bank, account.number):
        raise Invalid("same-account", "Tài khoản này đang được dùng để nhận tiền nên không cần đổi.")


def _odd(
    account: BankAccount,
    person: Person,
    rule: Rules,
    *,
    factor_since: datetime | None,
    account_id: UUID | None,
    at: datetime,
) -> list[str]:
    """Codes of what officers should look at (words in the mouth); the person is never refused for them."""
    found = []
    if bank_form(account.holder) != bank_form(person.full_name):
        found.append("holder-differs")
    if others_of(account, but=person.pk) + 1 >= rule.people_of_one_account:
        found.append("many-people")
    if factor_since is not None and factor_since > at - rule.factor:
        found.append("new-factor")
    if account_id is not None and former_contacts(account_id, since=at - rule.contacts):
        found.append("new-contacts")
    return found


def _write(
    account: BankAccount,
    person: Person,
    *,
    state: ChangeState,
    effective_at: datetime | None,
    way: str,
    reasons: list[str],
    asked_by: str,
    at: datetime,
    compared_by_id: UUID | None = None,
    office_code: str = "",
    note: str = "",
) -> BankAccountChange:
    code = freeze_code.new_code()
    change = BankAccountChange.objects.create(
        person=person,
        bank=account.bank,
        number=account.number,
        holder=account.holder,
        state=state,
        way=way,
        reasons=reasons,
        asked_by=asked_by,
        asked_at=at,
        effective_at=effective_at,
        freeze_hash=freeze_code.hash_of(code),
        compared_by_id=compared_by_id,
        office_code=office_code,
        note=note,
    )
    publish(BankAccountChangeAsked(change.pk, code, at))
    return change

"""Give a mandate: prepared by the principal, confirmed by a transaction code bound to its words, then offered."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from ansinh.law.names import search_key
from ansinh.people import asked_often
from ansinh.people.acting import history
from ansinh.people.acting.ages import is_child
from ansinh.people.acting.mandates import the_mandate
from ansinh.people.acting.rules import rules
from ansinh.people.actors import Citizen, Right
from ansinh.people.happened import ActingChanged
from ansinh.people.models import Account, AccountState, OneTimeCode, Person
from ansinh.people.models_acting import Mandate, MandateState
from ansinh.people.one_time_codes import count_wrong_try, issue, use
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house, at_the_door
from ansinh.platform.zone import local_day

SOUGHT, MOST_SOUGHT = "agent", 20
"""Agents that one network may look for in an hour, so that names and numbers cannot be walked."""


@dataclass(frozen=True)
class Scope:
    """What is given. `procedures` are slugs, none for all; both days count; `paper_basis` names the paper 13-HSB."""

    rights: frozenset[Right]
    procedures: tuple[str, ...]
    valid_from: date
    valid_to: date
    paper_basis: str = ""


def prepare(
    *,
    actor: Citizen,
    agent_number: str,
    agent_name: str,
    scope: Scope,
    known: Collection[str],
    network: str,
    at: datetime,
) -> Mandate:
    """Keep what the principal wants to give; it gives nothing until confirmed and accepted.

    `known`: the slugs there are. Raises Invalid with the code's place (`agent-…`, `rights-…`, `days-…`, `paper-…`),
    NotAllowed when it is not one's own matter.
    """
    _refuse_others_matter(actor)
    _refuse_scope(scope, known=known, on=local_day(at))
    agent = _agent(agent_number, agent_name, actor=actor, network=network, at=at)
    with transaction.atomic(), acting_as(actor.label):
        return Mandate.objects.create(
            principal_id=actor.person_id,
            agent=agent,
            rights=sorted(scope.rights | {Right.READ}),
            procedures=sorted(scope.procedures),
            valid_from=scope.valid_from,
            valid_to=scope.valid_to,
            paper_basis=" ".join(scope.paper_basis.split())[:200],
            made_at=at,
        )


def request_code(mandate_id: UUID, *, actor: Citizen, session_key: str, network: str, at: datetime) -> OneTimeCode:
    """Send a code bound to the words of the prepared mandate, to the principal's telephone or else mailbox."""
    mandate = _prepared(mandate_id, actor=actor)
    account = Account.objects.get(pk=actor.account_id)
    if not (account.phone or account.email):
        raise Invalid(
            "channel-missing", "Tài khoản chưa có số điện thoại hoặc thư điện tử này. Xin chọn cách nhận mã khác."
        )
    return issue(
        purpose="transaction",
        channel="sms" if account.phone else "email",
        recipient=account.phone or account.email,
        session_key=session_key,
        bound_digest=digest_of(mandate),
        account_id=account.pk,
        network=network,
        about="uy quyen lam thay.",
        at=at,
    )


def confirm(mandate_id: UUID, *, actor: Citizen, code_id: UUID, typed: str, session_key: str, at: datetime) -> Mandate:
    """The code confirms these very words: the agent is asked to accept. Raises CodeRefused, Conflict, NotFound."""
    digest = ""
    try:
        with transaction.atomic(), acting_as(actor.label):
            mandate = _prepared(mandate_id, actor=actor, lock=True)
            digest = digest_of(mandate)
            proof = use(
                code_id=code_id, session_key=session_key, purpose="transaction", typed=typed, bound_digest=digest, at=at
            )
            if proof is None:
                raise _NotConfirmed
            mandate.state, mandate.confirmed_at, mandate.confirmed_digest = MandateState.OFFERED, at, digest
            mandate.save(update_fields=["state", "confirmed_at", "confirmed_digest"])
            history.record(
                "mandate_offered",
                owner_id=actor.person_id,
                basis_id=mandate.pk,
                actor=actor,
                at=at,
                agent=mandate.agent.full_name,
                rights=mandate.rights,
                until=mandate.valid_to.isoformat(),
            )
            names = {"person": mandate.principal.full_name, "agent": mandate.agent.full_name}
            with as_the_house():  # whom to tell, the principal need not see
                told = mandate.agent.account.pk
            publish(ActingChanged((told,), "mandate_offered", at, names))
            publish(ActingChanged((actor.account_id,), "mandate_given", at, names))
    except _NotConfirmed:
        count_wrong_try(
            code_id=code_id, session_key=session_key, purpose="transaction", typed=typed, bound_digest=digest, at=at
        )
    return mandate


class _NotConfirmed(Exception):
    """The typed code did not confirm these words: undo the transaction, then count the try."""


def digest_of(mandate: Mandate) -> str:
    """SHA-256 of everything a mandate gives, to whom and until when."""
    words = {
        "agent": str(mandate.agent_id),
        "paper_basis": mandate.paper_basis,
        "principal": str(mandate.principal_id),
        "procedures": sorted(mandate.procedures),
        "rights": sorted(mandate.rights),
        "valid_from": mandate.valid_from.isoformat(),
        "valid_to": mandate.valid_to.isoformat(),
    }
    return sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _prepared(mandate_id: UUID, *, actor: Citizen, lock: bool = False) -> Mandate:
    mandate = the_mandate(mandate_id, person_id=actor.person_id, lock=lock)
    if mandate.state != MandateState.PREPARED:
        raise Conflict("mandate-confirmed", "Giấy ủy quyền này đã được xác nhận. Xin xem ở trang Làm thay.")
    return mandate


def _refuse_others_matter(actor: Citizen) -> None:
    if actor.behalf is not None:
        raise NotAllowed(
            "mandate-of-another", "Không ủy quyền lại việc đang làm thay. Xin chuyển về việc của chính mình."
        )


def _refuse_scope(scope: Scope, *, known: Collection[str], on: date) -> None:
    if not scope.rights:
        raise Invalid("rights-missing", "Chưa chọn việc nào được làm thay. Xin chọn ít nhất một việc.")
    if Right.SIGN in scope.rights and Right.FILE not in scope.rights:
        raise Invalid("rights-sign-alone", "Muốn cho xác nhận nộp thì phải cho cả kê khai. Xin chọn cả hai.")
    if not set(scope.procedures) <= set(known):
        raise Invalid("procedures-unknown", "Có thủ tục không còn trong danh sách. Xin chọn lại.")
    if scope.valid_to < max(scope.valid_from, on):
        raise Invalid("days-order", "Ngày cuối phải từ ngày bắt đầu trở đi và không trước hôm nay.")
    if Right.COLLECT in scope.rights:
        _refuse_collecting(scope, on=on)


def _refuse_collecting(scope: Scope, *, on: date) -> None:
    months = rules(on=on).collect_months_at_most
    year, month = divmod(scope.valid_from.year * 12 + scope.valid_from.month - 1 + months, 12)
    if (scope.valid_to.year, scope.valid_to.month, scope.valid_to.day) > (year, month + 1, scope.valid_from.day):
        raise Invalid("days-collect", "Ủy quyền lĩnh tiền nhiều nhất {n} tháng. Xin chọn ngày cuối sớm hơn.", n=months)
    if not scope.paper_basis.strip():
        raise Invalid(
            "paper-missing", "Lĩnh tiền thay cần giấy ủy quyền mẫu 13-HSB đã chứng thực. Xin ghi số và ngày của giấy."
        )


@at_the_door()  # found by number and name together
def _agent(number: str, name: str, *, actor: Citizen, network: str, at: datetime) -> Person:
    """The grown person of this number and name who has an account; one refusal for whatever is wrong."""
    asked_often.take(SOUGHT, network=network, most=MOST_SOUGHT, at=at)
    compact = "".join(number.split())
    found = (
        Person.objects.filter(
            personal_id_number=compact,
            search_key=search_key(name),
            account__state=AccountState.ACTIVE,
            died_on__isnull=True,
        )
        .exclude(personal_id_number="")
        .first()
    )
    if found is None or is_child(found.date_of_birth, on=local_day(at)):
        raise Invalid(
            "agent-unknown",
            "Không có người trưởng thành nào có tài khoản khớp cả số định danh và họ tên này. "
            "Xin xem lại, hoặc nhờ người đó đăng ký tài khoản trước.",
        )
    if found.pk == actor.person_id:
        raise Invalid("agent-self", "Không ủy quyền cho chính mình. Xin nhập số định danh của người khác.")
    return found

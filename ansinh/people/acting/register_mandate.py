"""A mandate on the certified paper 13-HSB that an office registers: its principal filed it, both signed the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ansinh.law.identifiers import personal_id_facts
from ansinh.law.names import search_key
from ansinh.people.acting import history
from ansinh.people.acting.ages import is_child
from ansinh.people.acting.rules import rules
from ansinh.people.actors import Actor, Right
from ansinh.people.models import Person
from ansinh.people.models_acting import Mandate, MandateState
from ansinh.platform.errors import Conflict
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day


@dataclass(frozen=True)
class AgentOnPaper:
    """The authorised person as the paper names one."""

    full_name: str
    date_of_birth: str
    personal_id_number: str
    phone: str = ""


@dataclass(frozen=True)
class PaperMandate:
    """What the paper gives; both days count. `digest`: of the dossier by which the principal confirmed it."""

    rights: frozenset[Right]
    valid_from: date
    valid_to: date
    paper_basis: str
    digest: str


def register_mandate(
    principal: Person, agent: AgentOnPaper, given: PaperMandate, *, actor: Actor, office_code: str, at: datetime
) -> Mandate:
    """Put the mandate in force, in the caller's transaction. An agent who is in no register yet is entered.

    Raises Conflict: the days, an agent under age, the same person, another name of that number, a mandate that runs.
    """
    _refuse_days(given, on=local_day(at))
    person = _agent(agent, at=at)
    if person.pk == principal.pk:
        raise Conflict("agent-self", "Không ủy quyền cho chính mình. Xin nhập số định danh của người khác.")
    if is_child(person.date_of_birth, on=local_day(at)):
        raise Conflict("agent-child", "Người được ủy quyền chưa đủ 18 tuổi. Xin ủy quyền cho người trưởng thành.")
    standing = Mandate.objects.filter(
        principal=principal, agent=person, state=MandateState.IN_FORCE, rights__contains=[Right.COLLECT],
        valid_from__lte=given.valid_to, valid_to__gte=given.valid_from,
    ).first()  # fmt: skip
    if standing is not None:
        raise Conflict(
            "mandate-runs-already",
            "Ủy quyền lĩnh thay cho người này đang có hiệu lực đến {day}. Xin chọn ngày bắt đầu sau ngày đó.",
            day=date_vi(standing.valid_to),
        )
    made = Mandate.objects.create(
        principal=principal, agent=person, rights=sorted(given.rights | {Right.READ}), procedures=[],
        valid_from=given.valid_from, valid_to=given.valid_to, paper_basis=" ".join(given.paper_basis.split())[:200],
        state=MandateState.IN_FORCE, made_at=at, confirmed_at=at, confirmed_digest=given.digest, answered_at=at,
    )  # fmt: skip
    history.record(
        "mandate_registered", owner_id=principal.pk, basis_id=made.pk, actor=actor, at=at, office_code=office_code,
        agent=person.full_name, until=given.valid_to.isoformat(),
    )  # fmt: skip
    return made


def person_of(si_number: str) -> UUID | None:
    """The person with this social insurance number, if the register knows one."""
    return Person.objects.filter(si_number=si_number).values_list("pk", flat=True).first() if si_number else None


def _refuse_days(given: PaperMandate, *, on: date) -> None:
    if given.valid_to < max(given.valid_from, on):
        raise Conflict("days-order", "Ngày cuối phải từ ngày bắt đầu trở đi và không trước hôm nay.")
    months = rules(on=on).collect_months_at_most
    year, month = divmod(given.valid_from.year * 12 + given.valid_from.month - 1 + months, 12)
    if (given.valid_to.year, given.valid_to.month, given.valid_to.day) > (year, month + 1, given.valid_from.day):
        raise Conflict("days-collect", "Ủy quyền lĩnh tiền nhiều nhất {n} tháng. Xin chọn ngày cuối sớm hơn.", n=months)


def _agent(agent: AgentOnPaper, *, at: datetime) -> Person:
    found = Person.objects.filter(personal_id_number=agent.personal_id_number).first()
    if found is None:
        facts = personal_id_facts(agent.personal_id_number)
        return Person.objects.create(
            full_name=agent.full_name, search_key=search_key(agent.full_name), date_of_birth=agent.date_of_birth,
            sex=facts.sex, personal_id_number=agent.personal_id_number, phone=agent.phone, updated_at=at,
        )  # fmt: skip
    if found.search_key != search_key(agent.full_name):
        raise Conflict(
            "agent-differs",
            "Số định danh của người được ủy quyền thuộc một người mang tên khác. Xin đối chiếu lại giấy ủy quyền.",
        )
    if found.died_on is not None:
        raise Conflict("agent-died", "Người được ủy quyền đã mất theo dữ liệu. Xin trả lại giấy ủy quyền.")
    return found

"""Facts about persons, and who may act for them."""

from __future__ import annotations

from ansinh.casework.effects.given import Done, Given
from ansinh.people.acting.register_mandate import AgentOnPaper, PaperMandate, register_mandate
from ansinh.people.actors import Right
from ansinh.platform.errors import Conflict
from ansinh.registry import personal_data
from ansinh.registry.numbers.issue import Newcomer, issue_number


def issue_first_number(given: Given) -> Done:
    """A first number with the record under it; whoever has one keeps it."""
    person, is_new = issue_number(
        Newcomer(
            full_name=given["person"],
            date_of_birth=given["date_of_birth"],
            personal_id_number=given["id_number"],
            sex=given.get("sex", ""),
        ),
        office_code=given.dossier.office_code,
        ground=given.ground,
    )
    return Done({"number": person.pk, "new": is_new})


def change_data(given: Given) -> Done:
    """A fact is corrected in the record and in the register of persons."""
    address = given.get("address") or {}
    made = personal_data.change(
        given.insured(),
        what=given["what"],
        to=given.get("to") or str(address.get("detail") or address.get("commune") or ""),
        address=address,
        ground=given.ground,
    )
    return Done({"change": str(made.pk)})


def register(given: Given) -> Done:
    """A mandate to collect, on the paper the principal sent."""
    agent = given["agent"]
    if not agent.get("id_number"):
        raise Conflict("agent-number-missing", "Thiếu số định danh của người được ủy quyền. Xin yêu cầu bổ sung số đó.")
    made = register_mandate(
        given.person(),
        AgentOnPaper(
            full_name=str(agent.get("full_name") or ""),
            date_of_birth=str(agent.get("date_of_birth") or ""),
            personal_id_number=str(agent["id_number"]),
            phone=str(agent.get("phone") or ""),
        ),
        PaperMandate(
            rights=frozenset({Right.COLLECT, *([Right.FILE] if given.get("may_file") else [])}),
            valid_from=given["from"],
            valid_to=given["to"],
            paper_basis=given["paper"],
            digest=given.dossier.digest,
        ),
        actor=given.actor,
        office_code=given.dossier.office_code,
        at=given.at,
    )
    return Done({"mandate": str(made.pk)})

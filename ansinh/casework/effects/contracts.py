"""Treatment contracts of health facilities: in force, changed by an annex, ended."""

from __future__ import annotations

from typing import Final

from ansinh.casework.effects.given import Done, Given
from ansinh.registry.contracts.end import end_contract
from ansinh.registry.contracts.enter import NewAnnex, NewContract, put_annex, put_in_force

DECLARED: Final = (
    "ownership", "licence_no", "licence_date", "licence_authority", "bed_count", "representative_position",
    "bank_account",
)  # fmt: skip
"""What a facility declared of itself that its next declaration is filled with; no person is in it."""


def in_force(given: Given) -> Done:
    """A contract or, for an annex, a change of the one that holds; scope and what was declared are of the form."""
    answers, number = given.dossier.answers, given.get("number") or given.number
    scope = tuple(answers.get("service_scope") or ())
    if given["kind"] == "annex":
        annex = put_annex(
            given.dossier.owner_id,
            NewAnnex(
                number=number,
                valid_from=given["from"],
                summary=given.get("summary", ""),
                technical_level=given.get("level", ""),
                scope=scope,
                dossier_id=given.dossier_id,
            ),
            actor=given.actor,
            at=given.at,
        )
        return Done({"annex": str(annex.pk), "contract": annex.contract.number})
    made = put_in_force(
        given.dossier.owner_id,
        NewContract(
            number=number,
            office_code=given.dossier.office_code,
            valid_from=given["from"],
            valid_to=given["to"],
            technical_level=given.get("level", ""),
            scope=scope,
            declared={name: answers[name] for name in DECLARED if answers.get(name) is not None},
            dossier_id=given.dossier_id,
        ),
        actor=given.actor,
        at=given.at,
    )
    return Done({"contract": str(made.pk), "number": made.number})


def ended(given: Given) -> Done:
    """The contract that holds that day ends with it."""
    found = end_contract(
        given.dossier.owner_id,
        on=given["on"],
        why=given["reason"],
        dossier_id=given.dossier_id,
        actor=given.actor,
        at=given.at,
    )
    return Done({"contract": str(found.pk), "number": found.number})

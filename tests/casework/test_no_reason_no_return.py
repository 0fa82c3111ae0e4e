"""No reason, no return: what no page offers the database refuses too, to SQL as the role of the program."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.casework.pins import Pin
from ansinh.casework.propose import RefusalReason, propose_refusal
from ansinh.dossiers.models import Dossier, State
from tests.casework.by_sql import REQUEST, RETURN, refused
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, answered, asked
from tests.world import World, a_moment, a_registration

THURSDAY = a_moment(date(2026, 11, 12), 15, 20)
REFUSE = "UPDATE dossiers_dossier SET state = 'refused', due_on = NULL, closed_at = now(), last_event_at = now()"
DECISION = (
    "INSERT INTO casework_decision (id, dossier_id, kind, state, override_reason, outcomes, reasons, note, number,"
    " proposed_by_id, proposed_at, sent_back_note, signed_title, signed_capacity)"
    " SELECT gen_random_uuid(), dossier.id, 'refuse', 'proposed', '', '[]', '{reasons}', '', '', officer.id, now(), '',"
    " '', '' FROM dossiers_dossier dossier, (SELECT id FROM people_officer LIMIT 1) officer"
)


def test_a_dossier_is_not_returned_without_a_pinned_reason(world: World) -> None:
    a_dossier_in_appraisal(world)
    assert refused(RETURN)
    assert refused(REQUEST.format(round=1, more="", values=""), RETURN)  # a request that asks for nothing


def test_a_second_round_needs_a_superior(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=MONDAY)
    answered(world, dossier, at=THURSDAY)
    assert refused(REQUEST.format(round=2, more="", values=""))
    assert refused(
        REQUEST.format(
            round=2, more=", approved_by_id, approved_at, why_again", values=", officer.id, now(), 'Vì thế.'"
        )
    )  # the same officer


def test_an_answered_request_is_not_asked_again_without_a_superior(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=MONDAY)
    answered(world, dossier, at=THURSDAY)
    assert refused("UPDATE dossiers_supplementrequest SET answered_at = NULL", RETURN)
    assert refused("UPDATE dossiers_supplementrequest SET answered_at = now()")


@pytest.mark.parametrize("state", ["submitted", "waiting_for_originals", "waiting_for_payment"])
def test_what_was_accepted_does_not_go_back_to_before(world: World, state: str) -> None:
    a_dossier_in_appraisal(world)
    back = f"UPDATE dossiers_dossier SET state = '{state}', due_on = NULL, last_event_at = now()"
    assert refused(back)
    assert refused(f"{back}, accepted_at = NULL")
    assert refused("UPDATE dossiers_dossier SET accepted_at = now(), last_event_at = now()")


ITEMS = {
    "the reason taken away": "UPDATE dossiers_supplementitem SET wrong = ''",
    "another reason": "UPDATE dossiers_supplementitem SET reason_code = 'paper-wrong'",
    "another place": "UPDATE dossiers_supplementitem SET target = 'phone', target_kind = 'field'",
    "an item taken away": "DELETE FROM dossiers_supplementitem",
    "a request taken away": "DELETE FROM dossiers_supplementrequest",
    "a longer time to answer": "UPDATE dossiers_supplementrequest SET answer_by = answer_by + 30",
}


@pytest.mark.parametrize("statement", ITEMS.values(), ids=ITEMS.keys())
def test_what_was_asked_is_never_rewritten(world: World, statement: str) -> None:
    asked(world, a_dossier_in_appraisal(world), at=THURSDAY)
    assert refused(statement)


@pytest.mark.requirement("R-064", "R-065", "R-066")
@pytest.mark.parametrize("statement", [RETURN, REFUSE], ids=["returned", "refused"])
def test_a_registration_is_never_returned_for_photographs(world: World, statement: str) -> None:
    dossier = a_registration(world)
    item = (
        "INSERT INTO dossiers_supplementitem"
        " (request_id, target_kind, target, reason_code, clause, wrong, good, answered)"
        " SELECT id, 'paper', 'portrait', 'paper-missing', 'Nghị định', 'Thiếu ảnh', 'Có ảnh', false"
        " FROM dossiers_supplementrequest"
    )
    assert refused(REQUEST.format(round=1, more="", values=""), item, statement)
    assert Dossier.objects.get(pk=dossier.pk).state == State.SUBMITTED


def test_nothing_is_refused_without_a_signed_decision(world: World) -> None:
    a_dossier_in_appraisal(world)
    assert refused(REFUSE)


FULL = (
    '{"code": "condition-not-met", "clause_vi": "Luật 41/2024/QH15", "explanation": "Mới đóng 4 tháng.",'
    ' "target_kind": "field", "target": "born_on"}'
)
LACKING = {
    "nothing": "[]",
    "no code": f"[{FULL.replace('condition-not-met', '')}]",
    "no clause": f"[{FULL.replace('Luật 41/2024/QH15', ' ')}]",
    "no explanation": f"[{FULL.replace('Mới đóng 4 tháng.', '')}]",
    "no place": f"[{FULL.replace('born_on', '')}]",
    "no such kind of place": f"[{FULL.replace('field', 'wish')}]",
    "one of two": f'[{FULL}, {{"code": "already-settled"}}]',
}


@pytest.mark.parametrize("reasons", LACKING.values(), ids=LACKING.keys())
def test_a_refusal_has_pinned_reasons(world: World, reasons: str) -> None:
    a_dossier_in_appraisal(world)
    assert not refused(DECISION.format(reasons=f"[{FULL}]"))
    assert refused(DECISION.format(reasons=reasons))


def test_the_reasons_of_a_proposal_are_not_emptied_afterwards(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    why = RefusalReason("condition-not-met", "Mới đóng 4 tháng.", Pin("field", "born_on"))
    decision = propose_refusal(dossier.pk, actor=world["specialist"], reasons=[why], note="", at=MONDAY)
    assert (decision.reasons[0]["target_kind"], decision.reasons[0]["target"]) == ("field", "born_on")
    assert refused("""UPDATE casework_decision SET reasons = '[{"code": "condition-not-met"}]'""")

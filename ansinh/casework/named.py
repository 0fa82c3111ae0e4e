"""Whom an organisation names in a dossier: each hears that it was filed about them, and what was decided for them.

The dossier is the organisation's, with what it says of others; a person named in it learns of the own part only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from ansinh.casework.effects.done import done_by
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier, State
from ansinh.eforms.visibility import asked_answers
from ansinh.notifications.notify import notify
from ansinh.offices.queries import office
from ansinh.people.models import Account, AccountState
from ansinh.people.organisations.queries import organisation_of
from ansinh.platform.row_security.viewer import as_the_house

TELL_NAMED: Final = "casework.tell_named"
"""Name of the job that tells them."""
FILED: Final = "filed_about_you"
RESULTS: Final[Mapping[str, str]] = {"result_ready": "decided_about_you", "refused": "refused_about_you"}
"""What the organisation is told → what the people it named are told."""
REPLACED: Final = "result_replaced"
"""Of a dossier decided once more: what they are told depends on how."""


def code_for_named(dossier: Dossier, code: str) -> str:
    """What the people it names are told when the organisation is told `code`; empty: nothing."""
    if code == REPLACED:
        code = "result_ready" if dossier.state == State.GRANTED else "refused"
    return RESULTS.get(code, "")


def may_name_others(dossier: Dossier) -> bool:
    """Whether it was filed for somebody else than who filed it: only then it may be an organisation's."""
    return dossier.account is not None and dossier.owner_id not in (dossier.account.person_id, dossier.account_id)


@as_the_house()  # people of any office, none of whom may read the dossier
def tell_named(dossier: Dossier, code: str, *, at: datetime) -> int:
    """Tell everybody with an account whom an organisation's dossier names; answers how many."""
    organisation = organisation_of(dossier.owner_id) if may_name_others(dossier) else None
    if organisation is None:
        return 0
    procedure, told = frozen(dossier.version_id).procedure, 0
    done = _done(dossier) if code == RESULTS["result_ready"] else {}
    for account in _accounts(dossier):
        notify(
            account_id=account.pk, phone=account.phone, email=account.email, dossier_id=None,
            dossier_number=dossier.number, code=code, at=at, language=account.language,
            facts={
                "organisation": organisation.name, "service": procedure.short_name_vi,
                "office": office(dossier.office_code).name_vi, "done": _done_for(account, dossier, done) or None,
            },
        )  # fmt: skip
        told += 1
    return told


def _accounts(dossier: Dossier) -> list[Account]:
    answers = _asked(dossier)
    named = Q(person__si_number__in=sorted(_numbers(answers)))
    if answers.get("id_number"):
        named |= Q(person__personal_id_number=str(answers["id_number"]))
    rows = Account.objects.filter(named, state=AccountState.ACTIVE).exclude(person__isnull=True)
    return list(rows.select_related("person").order_by("pk").distinct())


def _asked(dossier: Dossier) -> Mapping[str, Any]:
    form = frozen(dossier.version_id).form
    return dossier.answers if form is None else asked_answers(form, dossier.answers)


def _numbers(answers: Mapping[str, Any]) -> Iterator[str]:
    """Social insurance numbers of the person the dossier is about and of the people in its lists."""
    for row in (answers, *(row for rows in answers.values() if isinstance(rows, list) for row in rows)):
        if isinstance(row, Mapping) and row.get("si_number"):
            yield str(row["si_number"])


def _done(dossier: Dossier) -> dict[str, list[str]]:
    """What the grant did, in words, by the number of the record it was done in; empty number: the dossier's own."""
    found: dict[str, list[str]] = {}
    for one in done_by(dossier):
        found.setdefault(str(one.inputs.get("si_number") or ""), []).append(one.says_vi)
    return found


def _done_for(account: Account, dossier: Dossier, done: Mapping[str, list[str]]) -> str:
    person = account.person
    assert person is not None
    is_the_one = dossier.answers.get("si_number") == person.si_number or (
        person.personal_id_number and dossier.answers.get("id_number") == person.personal_id_number
    )
    own = done.get(person.si_number, []) if person.si_number else []
    return " ".join([*(done.get("", []) if is_the_one else []), *own])

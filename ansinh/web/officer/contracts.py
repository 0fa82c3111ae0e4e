"""Treatment contracts that the officer's offices signed: as they stand today, with what ended and what is coming."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.casework.access import dossiers_visible_to
from ansinh.people.actors import OfficerActor
from ansinh.platform.language import translate
from ansinh.registry.contracts.queries import ContractLine, contracts_at
from ansinh.web.actors import officer_page
from ansinh.web.clock import today
from ansinh.web.contract_words import level_in_words, scope_in_words, state_in_words, term_in_words
from ansinh.web.officer.frame import CONTRACTS, desk


@officer_page
def contracts(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """By facility, code or number; those of the offices where the officer works."""
    typed = request.GET.get("tim", "").strip()[:100]
    lines = contracts_at(officer.office_codes, on=today(), text=typed)
    wanted = {one.contract.dossier_id for one in lines} - {None}
    own = set(dossiers_visible_to(officer).filter(pk__in=wanted).values_list("pk", flat=True))
    return desk(
        request,
        officer,
        "contracts.html",
        translate("Hợp đồng khám chữa bệnh BHYT"),
        current=CONTRACTS,
        typed=typed,
        rows=[_row(one, has_dossier=one.contract.dossier_id in own) for one in lines],
    )


def _row(line: ContractLine, *, has_dossier: bool) -> dict[str, str]:
    held = line.contract
    href = reverse("officer:dossier", kwargs={"dossier_id": held.dossier_id}) if has_dossier else ""
    return {
        "name": held.facility.name,
        "code": held.facility_code,
        "number": held.number,
        "href": href,
        "level": level_in_words(line.technical_level),
        "scope": scope_in_words(line.scope),
        "term": term_in_words(held.valid_from, held.valid_to),
        "state": state_in_words(line.state),
        "why": held.ended_why,
        "annexes": ", ".join(annex.number for annex in held.annexes.all()),
    }

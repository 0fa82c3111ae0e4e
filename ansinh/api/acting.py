"""For whom the token's holder acts, the children and mandates behind it, and the end of a mandate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from ansinh.api.answers import answer, for_citizen, now
from ansinh.people.acting.behalves import behalves_of
from ansinh.people.acting.guardianships import last_day, rights_of, wards_of
from ansinh.people.acting.mandates import mandates_of
from ansinh.people.acting.revoke_mandate import revoke
from ansinh.people.actors import Behalf, Citizen
from ansinh.people.models_acting import Guardianship, Mandate
from ansinh.platform.zone import local_day


@for_citizen
def acting(request: HttpRequest, actor: Citizen) -> HttpResponse:
    """GET: everybody for whom the holder may act today; `basis_id` is what the header Acting-For names."""
    return answer([_behalf(one) for one in behalves_of(actor.account_id, on=local_day(now()))])


@for_citizen
def children(request: HttpRequest, actor: Citizen) -> HttpResponse:
    """GET: the children the holder is or was guardian of, newest first."""
    return answer([_child(one) for one in wards_of(actor.person_id)])


@for_citizen
def mandates(request: HttpRequest, actor: Citizen) -> HttpResponse:
    """GET: mandates the holder gave or was given, newest first."""
    return answer([_mandate(one, actor) for one in mandates_of(actor.person_id)])


@for_citizen
def mandate(request: HttpRequest, actor: Citizen, mandate_id: UUID) -> HttpResponse:
    """DELETE: it ends at once, whichever of the two sides asks."""
    return answer(_mandate(revoke(mandate_id, actor=actor, at=now()), actor))


def _behalf(one: Behalf) -> dict[str, Any]:
    return {
        "basis_id": one.basis_id,
        "kind": one.kind,
        "owner_id": one.owner_id,
        "name": one.name,
        "rights": sorted(one.rights),
        "procedures": sorted(one.procedures),
        "until": one.until,
    }


def _child(one: Guardianship) -> dict[str, Any]:
    return {
        "guardianship_id": one.pk,
        "child": one.child.full_name,
        "born": one.child.date_of_birth,
        "guardian_is": one.kind,
        "state": one.state,
        "rights": sorted(rights_of(one)),
        "valid_from": one.valid_from,
        "until": last_day(one, on=local_day(now())),
    }


def _mandate(one: Mandate, actor: Citizen) -> dict[str, Any]:
    return {
        "mandate_id": one.pk,
        "given": one.principal_id == actor.person_id,
        "principal": one.principal.full_name,
        "agent": one.agent.full_name,
        "rights": sorted(one.rights),
        "procedures": sorted(one.procedures),
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "state": one.state,
    }

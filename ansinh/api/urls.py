"""Addresses of version 1. A method an address does not have is refused before the view."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from ansinh.api import acting, card_checks, catalogue, dossiers, drafts, law, openapi, organisations, sign_in

View = Callable[..., HttpResponse]


def only(view: View, *methods: str) -> View:
    """The view for these methods."""
    limited: View = require_http_methods(list(methods))(view)
    return limited


app_name = "api"
urlpatterns = [
    path("v1/tokens", only(sign_in.tokens, "POST"), name="tokens"),
    path("v1/tokens/mine", only(sign_in.my_token, "DELETE"), name="my-token"),
    path("v1/procedures", only(catalogue.procedures, "GET"), name="procedures"),
    path("v1/procedures/<slug:slug>/schema", only(catalogue.schema, "GET"), name="schema"),
    path("v1/drafts", only(drafts.begin, "POST"), name="drafts"),
    path("v1/drafts/<uuid:draft_id>", only(drafts.draft, "GET", "PATCH"), name="draft"),
    path("v1/drafts/<uuid:draft_id>/papers", only(drafts.papers, "POST"), name="papers"),
    path("v1/drafts/<uuid:draft_id>/code", only(drafts.code, "POST"), name="code"),
    path("v1/drafts/<uuid:draft_id>/submission", only(drafts.submission, "POST"), name="submission"),
    path("v1/card-checks", only(card_checks.card_checks, "POST"), name="card-checks"),
    path("v1/law", only(law.benefits, "GET"), name="law"),
    path("v1/law/<slug:benefit>", only(law.benefit, "POST"), name="law-benefit"),
    path("v1/openapi.json", only(openapi.document, "GET"), name="openapi"),
    path("v1/acting", only(acting.acting, "GET"), name="acting"),
    path("v1/acting/children", only(acting.children, "GET"), name="acting-children"),
    path("v1/acting/mandates", only(acting.mandates, "GET"), name="acting-mandates"),
    path("v1/acting/mandates/<uuid:mandate_id>", only(acting.mandate, "DELETE"), name="acting-mandate"),
    path("v1/organisations", only(organisations.organisations, "GET"), name="organisations"),
    path("v1/organisations/<uuid:organisation_id>", only(organisations.organisation, "GET"), name="organisation"),
    path(
        "v1/organisations/<uuid:organisation_id>/invitations", only(organisations.invitations, "POST"),
        name="invitations",
    ),
    path(
        "v1/organisations/<uuid:organisation_id>/staff/<uuid:member_id>", only(organisations.staff_member, "DELETE"),
        name="staff-member",
    ),
    path(
        "v1/organisations/<uuid:organisation_id>/mandates/<uuid:mandate_id>",
        only(organisations.transmission_mandate, "DELETE"), name="transmission-mandate",
    ),
    path("v1/dossiers", only(dossiers.dossiers, "GET"), name="dossiers"),
    path("v1/dossiers/<uuid:dossier_id>", only(dossiers.dossier, "GET"), name="dossier"),
]  # fmt: skip

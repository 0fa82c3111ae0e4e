"""Whether the desk is open, for the script that covers it: each question counts as being at work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from ansinh.people.actors import OfficerActor
from ansinh.web.actors import officer_page


@officer_page
@require_POST
def present(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Nothing to show; at a desk that is locked the answer is the refusal for scripts."""
    return HttpResponse(status=204)

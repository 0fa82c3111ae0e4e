"""Colleagues whose password is locked or whose account lay unused: whoever leads their office lets them in again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ansinh.people.actors import OfficerActor
from ansinh.people.doors.officers import let_in_again, shut_colleagues
from ansinh.people.doors.rules import door_rules
from ansinh.people.doors.step_up import stepped_up
from ansinh.platform.language import translate
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.web.actors import ProofNeeded, officer_page, someone_signed_in
from ansinh.web.clock import now, today
from ansinh.web.officer.frame import desk, say


@officer_page
@at_the_door()
def locked(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """The list; POST lets one in again, after the person was asked by other means whether it was them."""
    wanted = _uuid(request.POST.get("tai-khoan", ""))
    if request.method == "POST" and wanted is not None:
        if not stepped_up(someone_signed_in(request), at=now()):
            raise ProofNeeded(request.path)
        let_in_again(wanted, by=officer, at=now())
        say(request, translate("Đã mở lại. Cán bộ đăng nhập được ngay."))
        return redirect("officer:locked")
    rules = door_rules(today()).officer
    return desk(
        request,
        officer,
        "locked.html",
        translate("Cán bộ không vào được"),
        rows=shut_colleagues(officer, at=now()),
        hours=int(rules.locked.total_seconds()) // 3600,
        days=rules.unused.days,
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

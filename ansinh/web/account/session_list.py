"""Where the account is signed in: each session in words, one button to end it, one to end all others."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.people.doors.sessions import SessionLine, SignedIn, end, end_all, sessions_of
from ansinh.people.models_doors import Ended, Factor, Method
from ansinh.platform.language import translate
from ansinh.web.account.frame import account_frame, doors_back
from ansinh.web.actors import account_page, render
from ansinh.web.clock import now

ENDED_ONE, ENDED_OTHERS = "mot", "tat-ca"


@account_page
def session_list(request: HttpRequest, signed: SignedIn) -> HttpResponse:
    """The list; POST ends one session, or all but this."""
    if request.method == "POST":
        return HttpResponseRedirect(f"{reverse('doors:sessions')}?xong={_end(request, signed)}")
    lines = sessions_of(signed.account.pk, at=now())
    return render(
        request,
        "account/sessions.html",
        page=account_frame(signed, translate("Nơi đang đăng nhập"), back=doors_back()),
        here=[_row(one) for one in lines if one.session_id == signed.session_id],
        others=[_row(one) for one in lines if one.ended_at is None and one.session_id != signed.session_id],
        ended=[_row(one) for one in lines if one.ended_at is not None][:20],
        done=request.GET.get("xong", ""),
    )


def _end(request: HttpRequest, signed: SignedIn) -> str:
    wanted = request.POST.get("phien", "")
    if not wanted:
        end_all(signed.account.pk, at=now(), but=signed.session_id, why=Ended.ENDED_BY_HOLDER)
        return ENDED_OTHERS
    try:
        session_id = UUID(wanted)
    except ValueError:
        return ""
    end(session_id, account_id=signed.account.pk, why=Ended.ENDED_BY_HOLDER, at=now())
    return ENDED_ONE


def _row(one: SessionLine) -> dict[str, object]:
    way = translate(Method(one.method).label)
    return {
        "id": str(one.session_id),
        "device": one.device or translate("Máy không rõ"),
        "way": f"{way} + {translate(Factor(one.factor).label)}" if one.factor and one.factor != one.method else way,
        "network": one.network,
        "begun_at": one.begun_at,
        "seen_at": one.seen_at,
        "ended_at": one.ended_at,
        "why": translate(Ended(one.ended_why).label) if one.ended_why else translate("hết giờ"),
    }

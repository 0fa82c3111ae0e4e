"""For heads and leaders: broken glasses to judge, and readings outside one's own work that are worth a question."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ansinh.casework import misuse
from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Opening
from ansinh.people.models_readings import Ground, PageKind
from ansinh.people.readings import review, rules
from ansinh.people.readings.queries import readings_under
from ansinh.platform.language import pick, translate
from ansinh.platform.row_security.viewer import learn
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import faults
from ansinh.web.officer.frame import OVERSIGHT, desk, say
from ansinh.web.plain_input import small_number

MOST = 50


@officer_page
def oversight(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """What waits for a judgement first, then officers with unusual readings, then what was judged."""
    _see_watched_offices(officer)
    openings = list(review.openings_for(officer, on=today()).prefetch_related("reviews")[:MOST])
    offices = office_names({one.office_code for one in openings})
    shown = [_opening(one, offices) for one in openings]
    open_ones = [one for one in shown if not one["verdict"]]
    return desk(
        request,
        officer,
        "oversight.html",
        translate("Giám sát việc xem hồ sơ"),
        current=OVERSIGHT,
        waiting=sorted(open_ones, key=lambda one: one["review_by"]),
        judged=[one for one in shown if one["verdict"]],
        unusual=[_unusual(one) for one in misuse.unusual_readers(officer, at=now())],
        thresholds=rules.misuse(on=today()),
    )


@officer_page
def opening(request: HttpRequest, officer: OfficerActor, opening_id: UUID) -> HttpResponse:
    """One broken glass: why, what was looked at under it, what was said of it; and the judgement."""
    _see_watched_offices(officer)
    found = review.the_broken_glass(opening_id, reviewer=officer, on=today())
    typed = {name: request.POST.get(name, "") for name in ("justified", "note")}
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = faults({"note": lambda: rules.sentence(typed["note"], on=today())})
        if typed["justified"] not in {"true", "false"}:
            chosen = translate("Chưa chọn kết luận. Xin chọn có căn cứ hoặc không có căn cứ.")
            errors = {"justified": chosen, **errors}
    if request.method == "POST" and not errors:
        review.judge(found.pk, reviewer=officer, justified=typed["justified"] == "true", note=typed["note"], at=now())
        say(request, translate("Đã ghi kết luận xem xét. Người có hồ sơ được báo."))
        return HttpResponseRedirect(reverse("officer:oversight"))
    return desk(
        request,
        officer,
        "opening.html",
        translate("Lần mở khẩn cấp hồ sơ {number}", number=found.dossier_number),
        current=OVERSIGHT,
        back=(translate("Giám sát việc xem hồ sơ"), reverse("officer:oversight")),
        problems=len(errors),
        status=422 if errors else 200,
        opening=_opening(found, office_names({found.office_code})),
        readings=[_reading(one) for one in readings_under(found.pk)],
        reviews=list(found.reviews.select_related("reviewer")),
        typed=typed,
        errors=errors,
        gaps=[{"path": path, "text": text} for path, text in errors.items()],
    )


@officer_page
def reader(request: HttpRequest, officer: OfficerActor, officer_id: UUID) -> HttpResponse:
    """The rows behind the flags of one officer."""
    found = misuse.rows_behind(officer_id, reviewer=officer, at=now())
    start = small_number(request.GET.get("tu", "")) or 0
    return desk(
        request,
        officer,
        "reader_rows.html",
        translate("Lượt xem ngoài việc của {name}", name=found.name),
        current=OVERSIGHT,
        back=(translate("Giám sát việc xem hồ sơ"), reverse("officer:oversight")),
        flags=[_flag(one) for one in found.flags],
        staff_code=found.rows[0].reading.staff_code,
        rows=[{**_reading(one.reading), "signs": [translate(sign.label) for sign in one.signs]}
              for one in found.rows[start : start + MOST]],
        total=len(found.rows),
        start=start,
        next_href=f"{request.path}?tu={start + MOST}" if start + MOST < len(found.rows) else "",
        previous_href=f"{request.path}?tu={max(0, start - MOST)}" if start else "",
    )  # fmt: skip


def _see_watched_offices(officer: OfficerActor) -> None:
    learn(offices=officer.office_codes | review.reviewed_offices(officer, on=today()))


def _opening(one: Opening, offices: Any) -> dict[str, Any]:
    verdict = next(iter(one.reviews.all()), None)
    return {
        "href": reverse("officer:opening", kwargs={"opening_id": one.pk}),
        "number": one.dossier_number,
        "who": one.officer.full_name,
        "title": one.officer.title_vi,
        "office": pick(offices[one.office_code], "name") if one.office_code in offices else one.office_code,
        "ground": pick(rules.named(one.purpose), "name"),
        "sentence": one.sentence,
        "opened_at": one.opened_at,
        "ends_at": one.ends_at,
        "review_by": one.review_by,
        "late": one.review_by is not None and one.review_by < now(),
        "verdict": verdict,
    }


def _unusual(one: misuse.Reader) -> dict[str, Any]:
    return {
        "name": one.name,
        "href": reverse("officer:reader", kwargs={"officer_id": one.officer_id}),
        "flags": [_flag(flag) for flag in one.flags],
    }


def _flag(flag: misuse.Flag) -> str:
    return translate(misuse.SENTENCES[flag.sign], n=flag.count, days=flag.days, usual=flag.usual)


def _reading(one: Any) -> dict[str, Any]:
    return {
        "at": one.at,
        "number": one.dossier_number,
        "page": translate(PageKind(one.page).label),
        "ground": translate(Ground(one.ground).label),
        "why": pick(one, "why"),
    }

"""What is still missing: every gap with a link to the box that mends it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from ansinh.dossiers.completeness import Completeness, Part, completeness
from ansinh.dossiers.paper_form import form_of
from ansinh.dossiers.requirements import AskedPaper
from ansinh.people.contacts import masked
from ansinh.platform.language import pick, translate
from ansinh.web.actors import render
from ansinh.web.citizen.answers import summary
from ansinh.web.citizen.filing import Filing
from ansinh.web.citizen.frame import DOSSIERS
from ansinh.web.citizen.lists.sight import lists_of, row_href
from ansinh.web.citizen.section import CHECKING
from ansinh.web.citizen.signing import ways
from ansinh.web.clock import today


def page(request: HttpRequest, filing: Filing) -> HttpResponse:
    """The task list of the draft."""
    state = completeness(filing.draft, today=today())
    parts = [_part(filing, part) for part in state.parts]
    papers = [_paper(filing, paper) for paper in state.papers]
    gaps = [gap for row in (*parts, *papers) for gap in row["gaps"]]
    title = translate("Đã đủ, nộp được") if state.complete else translate("Còn {n} chỗ cần làm", n=len(gaps))
    back = (
        (translate("Giấy tờ"), filing.href("papers"))
        if filing.asks_papers
        else (pick(state.parts[-1].section, "title"), _section_href(filing, state.parts[-1].section.key))
    )
    return render(
        request,
        "citizen/check.html",
        page=filing.head(title, current=DOSSIERS, back=back),
        layout=filing.layout,
        filing=filing,
        complete=state.complete,
        parts=parts,
        papers=papers,
        gaps=gaps,
        phone=_contact(state, filing),
        ways=ways.options(filing) if filing.citizen and state.complete else [],
        form_on_paper=filing.area == "citizen" and form_of(filing.folder),
        way=ways.chosen(filing) if filing.citizen and state.complete else "",
    )


def _part(filing: Filing, part: Part) -> dict[str, Any]:
    href = _section_href(filing, part.section.key)
    in_list = tuple(f"{one.key}[" for one in lists_of(part.section))
    gaps = [{"href": _gap_href(href, gap["path"], in_list), "text": gap["text"]} for gap in summary(part.problems)]
    untouched = gaps and not any(filing.draft.answers.get(field.key) for field in part.section.fields)
    return {
        "label": pick(part.section, "title"),
        "href": href,
        "state": "gap" if gaps else "done",
        "gaps": gaps,
        **({"state_text": translate("Chưa làm")} if untouched else {}),
    }


def _gap_href(section: str, path: str, in_list: tuple[str, ...]) -> str:
    return row_href(section, path) if path.startswith(in_list) else f"{section}?{CHECKING}=1#{quote(path)}"


def _paper(filing: Filing, paper: AskedPaper) -> dict[str, Any]:
    href = f"{filing.href('papers')}#{quote(paper.key)}"
    row = pick(paper, "row_label")
    name = pick(paper.requirement, "name") + (f" ({row})" if row else "")
    missing = {"href": href, "text": translate("Chưa gửi: {name}", name=name)}
    words = {}
    if not paper.missing and not paper.given:
        later = paper.requirement.at_counter
        words = {"state_text": translate("Thiếu thì chụp tại quầy") if later else translate("Không bắt buộc")}
    return {
        "label": name,
        "href": href,
        "state": "gap" if paper.missing else "done" if paper.given else "not_needed",
        "gaps": [missing] if paper.missing else [],
        **words,
    }


def _section_href(filing: Filing, key: str) -> str:
    return filing.href("section", section_key=key)


def _contact(state: Completeness, filing: Filing) -> str:
    phone = filing.draft.answers.get("phone")
    return masked(phone) if isinstance(phone, str) and state.complete else ""

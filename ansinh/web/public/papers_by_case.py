"""What to prepare before starting, by case: the papers of a procedure sorted under the question that decides most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ansinh.catalogue.folder import Paper, ProcedureFolder
from ansinh.eforms.conditions import Condition, Group
from ansinh.eforms.definition import Field, Form
from ansinh.platform.language import pick, translate
from ansinh.web.public.condition_words import in_words, still_open

FEWEST = 2
"""A question sorts the papers when so many of them depend on it."""


@dataclass(frozen=True)
class Line:
    """One paper: `when` is the clause after “Khi”, empty when it is always asked; `marks` are short sentences."""

    name: str
    when: str = ""
    hint: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """The papers of one case; `title` is the answer that means it."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Preparation:
    """Papers asked of everybody, those of each case, and those that other circumstances ask for."""

    always: tuple[Line, ...]
    cases: tuple[Case, ...] = ()
    besides: tuple[Line, ...] = ()


def preparation(folder: ProcedureFolder) -> Preparation:
    """The papers a person brings together; those the portal makes itself are left out."""
    papers = [paper for paper in folder.papers if not paper.made_by_portal]
    question = _deciding_question(folder.form, papers)
    if folder.form is None or question is None:
        return Preparation(tuple(_line(paper, paper.when, folder.form) for paper in papers))
    shared = [paper for paper in papers if not _depends_on(paper, question.key)]
    own = [paper for paper in papers if _depends_on(paper, question.key)]
    cases = [
        Case(pick(choice, "label"), _lines(own, folder.form, {question.key: choice.value}))
        for choice in question.choices
    ]
    return Preparation(
        always=tuple(_line(paper, None, folder.form) for paper in shared if paper.when is None),
        cases=tuple(case for case in cases if case.lines),
        besides=tuple(_line(paper, paper.when, folder.form) for paper in shared if paper.when is not None),
    )


def _deciding_question(form: Form | None, papers: list[Paper]) -> Field | None:
    if form is None:
        return None
    asked = Counter(key for paper in papers if paper.when for key in set(_fields(paper.when)))
    candidates = [field for field in form.fields() if field.type == "choice" and len(field.choices) > FEWEST]
    best = max(candidates, key=lambda field: asked[field.key], default=None)
    return best if best is not None and asked[best.key] >= FEWEST else None


def _depends_on(paper: Paper, key: str) -> bool:
    return paper.when is not None and key in set(_fields(paper.when))


def _fields(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Group):
        for part in condition.parts:
            yield from _fields(part)
    else:
        yield condition.field


def _lines(papers: list[Paper], form: Form, known: dict[str, str]) -> tuple[Line, ...]:
    lines = []
    for paper in papers:
        assert paper.when is not None
        rest = still_open(paper.when, known)
        if rest is not False:
            lines.append(_line(paper, None if rest is True else rest, form))
    return tuple(lines)


def _line(paper: Paper, when: Condition | bool | None, form: Form | None) -> Line:
    clause = pick(paper, "when")
    if form is not None and when is not None and not isinstance(when, bool):
        clause = translate("Khi {clause}", clause=in_words(when, form))
    return Line(name=pick(paper, "name"), when=clause, hint=pick(paper, "hint"), marks=tuple(_marks(paper)))


def _marks(paper: Paper) -> Iterator[str]:
    if paper.required == "optional":
        yield translate("Không bắt buộc.")
    if paper.required == "one_of":
        yield translate("Cần một trong các giấy cùng loại.")
    if paper.original_by_post:
        yield translate("Bản chính gửi qua bưu điện sau khi nộp.")
    elif paper.only_shown:
        yield translate("Xuất trình tại quầy, không phải gửi trước.")
    elif paper.at_counter:
        yield translate("Có thì gửi kèm; thiếu thì cán bộ chụp giúp tại quầy.")

"""The declaration and the papers as the officer reads them, with what changed since the last supplement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ansinh.catalogue.folder import Paper as Requirement
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.lists import names
from ansinh.dossiers.models import Dossier, DossierPaper, SupplementItem
from ansinh.dossiers.requirements import asked_papers
from ansinh.dossiers.supplement_places import is_same, place_of, row_at
from ansinh.eforms.definition import Field
from ansinh.eforms.display import NameOf, ShownSection, show_answers, show_value
from ansinh.platform.language import current, pick, translate


@dataclass(frozen=True)
class PaperGroup:
    """One paper of the dossier with its versions, newest first; `target` is how a supplement request names it."""

    target: str
    name: str
    versions: tuple[DossierPaper, ...]
    replaced: bool

    @property
    def newest(self) -> DossierPaper | None:
        """The version to look at first."""
        return self.versions[0] if self.versions else None


def sections_of(dossier: Dossier, *, on: date) -> tuple[ShownSection, ...]:
    """Every question asked with its answer in words."""
    form = frozen(dossier.version_id).form
    assert form is not None
    return show_answers(form, dossier.answers, name_of=names(on=on, language=current()))


def changes_of(dossier: Dossier, asked: Sequence[SupplementItem], *, on: date) -> Mapping[str, str]:
    """Field key → what stood there before the last answered supplement (`asked_last`); only what really changed."""
    form = frozen(dossier.version_id).form
    assert form is not None
    name_of = names(on=on, language=current())
    found: dict[str, list[str]] = {}
    for item in asked:
        key, place = root_key(item.target), place_of(item.target)
        if is_same(item, dossier.answers):
            continue
        if place is None:
            found[key] = [show_value(form.field(key), item.before, language=current(), name_of=name_of)]
        else:
            found.setdefault(key, []).append(_changed_row(form.field(key), place[1], item, dossier, name_of))
    return {key: " · ".join(texts) for key, texts in found.items()}


def _changed_row(field: Field, place: int, item: SupplementItem, dossier: Dossier, name_of: NameOf) -> str:
    """“dòng 18: Số chứng từ RV-17”: of a changed row the cells that changed, as they were."""
    before, after = row_at(item.before, place) or {}, row_at(dossier.answers.get(field.key), place) or {}
    cells = [
        f"{pick(column, 'label')}: {show_value(column, before.get(column.key), language=current(), name_of=name_of)}"
        for column in field.columns
        if before.get(column.key) != after.get(column.key)
    ]
    return translate("dòng {row}: {cells}", row=place + 1, cells="; ".join(cells))


def kept_by(asked: Sequence[SupplementItem]) -> Mapping[str, str]:
    """Field key → the rows (“3, 7”, empty: all of it) the applicant was asked about last and stood by unchanged."""
    found: dict[str, list[int]] = {}
    for item in asked:
        if item.kept:
            place = place_of(item.target)
            found.setdefault(root_key(item.target), []).extend([place[1] + 1] if place else [])
    return {key: ", ".join(map(str, sorted(rows))) for key, rows in found.items()}


def asked_last(dossier: Dossier) -> list[SupplementItem]:
    """The answers that the last answered request asked about."""
    answered = dossier.supplement_requests.filter(answered_at__isnull=False).order_by("-round").first()
    return list(answered.items.exclude(target_kind="paper")) if answered else []


def papers_of(dossier: Dossier) -> list[PaperGroup]:
    """Papers asked and papers sent, in the order of the procedure; one without a version is missing."""
    folder = frozen(dossier.version_id)
    sent: dict[str, list[DossierPaper]] = {}
    for paper in dossier.papers.select_related("paper__file").order_by("-round", "-added_at", "id"):
        sent.setdefault(_target(paper.requirement, paper.row), []).append(paper)
    given = [(paper.requirement, paper.row) for versions in sent.values() for paper in versions]
    asked = asked_papers(folder, dossier.answers, given=given)
    named = {one.key: _name(one.requirement, pick(one, "row_label")) for one in asked if one.needed or one.key in sent}
    known = {paper.key: paper for paper in folder.papers}
    for target, versions in sent.items():
        named.setdefault(target, _name(known[versions[0].requirement], ""))
    return [
        PaperGroup(
            target=target,
            name=name,
            versions=tuple(sent.get(target, ())),
            replaced=len({one.round for one in sent.get(target, ())}) > 1,
        )
        for target, name in named.items()
    ]


def _name(requirement: Requirement, row: str) -> str:
    return f"{pick(requirement, 'name')} ({row})" if row else pick(requirement, "name")


def _target(requirement: str, row: str) -> str:
    return f"{requirement}@{row}" if row else requirement

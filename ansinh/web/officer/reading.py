"""The declaration and the papers as the officer reads them, with what changed since the last supplement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ansinh.catalogue.folder import Paper as Requirement
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.completeness import root_key
from ansinh.dossiers.lists import names
from ansinh.dossiers.models import Dossier, DossierPaper
from ansinh.dossiers.requirements import asked_papers
from ansinh.eforms.display import ShownSection, show_answers, show_value
from ansinh.platform.language import current, pick


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


def changes_of(dossier: Dossier, *, on: date) -> Mapping[str, str]:
    """Field key → what stood there before the last answered supplement; only what really changed."""
    form = frozen(dossier.version_id).form
    assert form is not None
    answered = dossier.supplement_requests.filter(answered_at__isnull=False).order_by("-round").first()
    if answered is None:
        return {}
    items = answered.items.exclude(target_kind="paper")
    name_of = names(on=on, language=current())
    return {
        key: show_value(form.field(key), item.before, language=current(), name_of=name_of)
        for item in items
        if (key := root_key(item.target)) and item.before != dossier.answers.get(key)
    }


def kept_by(dossier: Dossier) -> frozenset[str]:
    """Field keys the applicant was asked about last and stood by without a change."""
    answered = dossier.supplement_requests.filter(answered_at__isnull=False).order_by("-round").first()
    kept = answered.items.exclude(target_kind="paper").filter(kept=True) if answered else ()
    return frozenset(root_key(item.target) for item in kept)


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

"""The draft a page is about: whose it is, what form it fills, and where its other pages are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from django.urls import reverse

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import Holder, the_draft
from ansinh.dossiers.models import Draft
from ansinh.dossiers.register import owner_of_papers
from ansinh.eforms.definition import Form, Section
from ansinh.eforms.visibility import asked_sections
from ansinh.people.actors import Citizen
from ansinh.platform.errors import NotFound
from ansinh.platform.language import pick, translate
from ansinh.web.citizen.frame import address, frame
from ansinh.web.page import Page

CITIZEN, REGISTRATION = "citizen", "account"


@dataclass(frozen=True)
class Filing:
    """A draft with its holder.

    `area` names whose addresses its pages have: `citizen`, `account` (registration) or `assist` (an officer types for a
    person at the counter). `head` makes what the layout needs to know: `head(title, current=…, back=…, problems=…)`.
    """

    draft: Draft
    holder: Holder
    citizen: Citizen | None
    area: str
    head: Callable[..., Page]
    layout: str
    home: tuple[str, str]
    """Words and address of what lies before its first page."""
    beside: tuple[tuple[str, str], ...] = ()
    """Name and address of each page of the paper form that is typed."""

    @property
    def folder(self) -> ProcedureFolder:
        """The procedure as it was frozen for this draft."""
        return frozen(self.draft.version_id)

    @property
    def form(self) -> Form:
        """The form of the procedure; a draft exists only for one that has a form."""
        form = self.folder.form
        assert form is not None
        return form

    @property
    def name(self) -> str:
        """Short name of the procedure in the reader's language."""
        return pick(self.folder.procedure, "short_name")

    def sections(self) -> tuple[Section, ...]:
        """Sections asked by the answers so far."""
        return asked_sections(self.form, self.draft.answers)

    def section(self, key: str) -> Section:
        """An asked section of this key; raises NotFound."""
        found = next((one for one in self.sections() if one.key == key), None)
        if found is None:
            raise NotFound("section-unknown", "Tờ khai không hỏi phần này. Xin mở lại từ trang kiểm tra hồ sơ.")
        return found

    def after(self, key: str) -> str:
        """The address of what follows this section: the next one, the papers, or the check."""
        keys = [one.key for one in self.sections()]
        place = keys.index(key) + 1 if key in keys else len(keys)
        if place < len(keys):
            return self.href("section", section_key=keys[place])
        return self.href("papers") if self.asks_papers else self.href("check")

    @property
    def asks_papers(self) -> bool:
        """Whether there is any paper a person can send."""
        return any(paper.is_a_file for paper in self.folder.papers)

    def owner_id(self, at: datetime) -> UUID:
        """The account whose store takes the papers."""
        if self.citizen is not None:
            return self.citizen.account_id
        return owner_of_papers(self.draft.pk, holder=self.holder, at=at)

    def href(self, page: str, **parts: object) -> str:
        """The address of one of this draft's pages."""
        return reverse(f"{self.area}:{page}", kwargs={"draft_id": self.draft.pk, **parts})

    def at(self, draft: Draft) -> Filing:
        """The same with the draft as it is after a change."""
        return replace(self, draft=draft)


def of_citizen(citizen: Citizen, draft_id: UUID) -> Filing:
    """The citizen's own draft; raises NotFound."""
    holder = Holder.of(citizen)
    head = partial(frame, citizen)
    home = (translate("Hồ sơ của tôi"), address("citizen:home"))
    return Filing(the_draft(draft_id, holder=holder), holder, citizen, CITIZEN, head, "layout/citizen.html", home)


def of_session(session_key: str, draft_id: UUID) -> Filing:
    """The registration draft of a browser session; raises NotFound."""
    holder = Holder(account_id=None, session_key=session_key)
    head = partial(frame, None)
    home = (translate("Đăng ký tài khoản"), address("account:register"))
    return Filing(the_draft(draft_id, holder=holder), holder, None, REGISTRATION, head, "layout/public.html", home)

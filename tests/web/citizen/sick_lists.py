"""A company's list of sick workers as its pages take it: rows, the paste box, and a list that is filed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.test import Client

from ansinh.catalogue.queries import folder_in_force, frozen
from ansinh.dossiers.models import Dossier, Draft
from ansinh.dossiers.submit import file_draft
from ansinh.eforms.grid import heads
from ansinh.people.models import Account, Organisation, StaffMember
from ansinh.platform.identifiers import uuid7
from tests.web.citizen.conftest import MONDAY
from tests.world import ID_NUMBER, World
from tests.world_organisations import acting_for, an_organisation, freeze

SLUG = "che-do-om-dau"
GOOD = {
    "full_name": "Nguyễn Văn An", "si_number": "4516123456", "from_date": "05/10/2026", "to_date": "09/10/2026",
    "sick_case": "Nội trú", "for_child": "Không", "document_serial": "RV-1", "diagnosis_code": "J18.9",
    "diagnosis": "Viêm phổi", "payment_method": "Qua đơn vị",
}  # fmt: skip


def begun(browser: Client) -> str:
    """The address of the list in a fresh draft of a company the citizen works for."""
    freeze(SLUG)
    member = StaffMember.objects.create(
        organisation=an_organisation(), account=Account.objects.get(login=ID_NUMBER), roles=["file", "read", "sign"],
        valid_from=MONDAY.date(),
    )  # fmt: skip
    assert browser.post(f"/tai-khoan/lam-thay/{member.pk}/chuyen").status_code == 302
    first = browser.post(f"/ho-so/bat-dau/{SLUG}").headers["Location"]
    return f"{first.rpartition('/')[0]}/workers_section"


def names() -> list[str]:
    """The names of the columns."""
    folder = folder_in_force(SLUG, on=MONDAY.date())
    assert folder.form is not None
    return heads(folder.form.field("workers"))


def lines(rows: Sequence[dict[str, str]]) -> list[list[str]]:
    """The names, then the rows, as a spreadsheet has them."""
    folder = folder_in_force(SLUG, on=MONDAY.date())
    assert folder.form is not None
    columns = folder.form.field("workers").columns
    return [names(), *([row.get(column.key, "") for column in columns] for row in rows)]


def worker(number: int, **changes: str) -> dict[str, str]:
    """A right row, with another insurance number for each."""
    return {**GOOD, "si_number": f"45{number:08d}", **changes}


def paste(browser: Client, page: str, rows: Sequence[dict[str, str]], **more: str) -> Any:
    """Paste these rows into the box and press the button."""
    text = "\n".join("\t".join(line) for line in lines(rows))
    return browser.post(page, {"_paste": "workers", "_list.workers.text": text, **more})


def text_of(answer: Any) -> str:
    """What is on the page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def filed(browser: Client, page: str, world: World, rows: Sequence[dict[str, str]]) -> Dossier:
    """The list pasted into the draft and handed in, without what signing needs."""
    paste(browser, page, rows)
    draft = Draft.objects.get()
    with transaction.atomic():
        file_draft(
            draft, dossier_id=(dossier_id := uuid7()), folder=frozen(draft.version_id),
            actor=acting_for(world.citizen, Organisation.objects.get(), on=MONDAY.date()), digest="0" * 64,
            evidence_id=None, channel="portal", at=MONDAY,
        )  # fmt: skip
    return Dossier.objects.get(pk=dossier_id)

"""Every page of every procedure, its form empty, is light to load and asks the database little.

Transferred is what a first visit sends: the page as it is (pages are not compressed: they carry secrets beside what a
reader typed), the style sheets, scripts and pictures it names compressed as whitenoise sends them, and every font.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.freeze import freeze_all
from ansinh.catalogue.queries import folders, services_on
from ansinh.dossiers.applicants import is_for_organisations
from ansinh.people.models_organisations import OrganisationKind
from ansinh.platform.zone import local_day
from tests.web.citizen.conftest import MONDAY, sign_in
from tests.web.citizen.test_real_forms import works_for
from tests.world import World
from tests.world_procedures import REGISTRATION

STATIC = Path(__file__).parents[3] / "ansinh" / "web" / "static"
MOST_BYTES = 100_000
MOST_QUERIES = {"service": 12, "begin": 8, "section": 11, "papers": 10, "check": 9}
PROCEDURES = 43
_NAMED = re.compile(rb'(?:href|src)="/static/([^"#?]+)')


@dataclass(frozen=True)
class Loaded:
    """One page: what it is, its address, what it weighed and asked."""

    kind: str
    address: str
    transferred: int
    queries: int


@lru_cache
def compressed(name: str) -> int:
    """What is sent of a static file; fonts and pictures that do not shrink go as they are."""
    content = (STATIC / name).read_bytes()
    return min(len(content), len(gzip.compress(content, 9)))


def transferred(page: bytes) -> int:
    """The page and all that a browser fetches for it the first time."""
    named = {name.decode() for name in _NAMED.findall(page)} | {"icons.svg"}
    fonts = {f"fonts/{one.name}" for one in STATIC.glob("fonts/*.woff2")}
    return len(page) + sum(compressed(name) for name in named | fonts)


def pages_of(folder: ProcedureFolder, browser: Client) -> Iterator[tuple[str, str]]:
    """Kind and address of its pages; the draft is begun on the way."""
    yield "service", f"/dich-vu/{folder.slug}"
    if not folder.procedure.online or folder.form is None:
        return
    begins = "/dang-ky" if folder.slug == REGISTRATION else f"/ho-so/bat-dau/{folder.slug}"
    yield "begin", begins
    base = browser.post(begins).headers["Location"].rpartition("/")[0]
    for section in folder.form.sections:
        yield "section", f"{base}/{section.key}"
    yield "papers", f"{base}/giay-to"
    yield "check", f"{base}/kiem-tra"


def reader_of(folder: ProcedureFolder) -> Client:
    """A browser of somebody who may file it."""
    reader = Client()
    if folder.slug != REGISTRATION:
        sign_in(reader)
        if is_for_organisations(folder.procedure):
            works_for(reader, next(iter(set(folder.procedure.applicants) & set(OrganisationKind.values))))
    return reader


def loaded(folder: ProcedureFolder, browser: Client) -> Iterator[Loaded]:
    """Its pages, each fetched once; a section that its first question hides is none."""
    for kind, address in pages_of(folder, browser):
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(address)
        if answer.status_code == 200:
            yield Loaded(kind, address, transferred(answer.content), len(asked))


def test_every_page_of_every_procedure_is_light(world: World) -> None:
    freeze_all(at=MONDAY)
    found: dict[str, list[Loaded]] = {}
    for folder in services_on(local_day(MONDAY)):
        with transaction.atomic():
            found[folder.slug] = list(loaded(folder, reader_of(folder)))
            transaction.set_rollback(True)
    assert {folder.slug for folder in folders()} <= set(found) and len(found) >= PROCEDURES
    pages = [page for of_one in found.values() for page in of_one]
    assert {page.kind for page in pages} == set(MOST_QUERIES) and len(pages) > PROCEDURES * 8
    assert [page for page in pages if page.transferred > MOST_BYTES] == []
    assert [page for page in pages if page.queries > MOST_QUERIES[page.kind]] == []

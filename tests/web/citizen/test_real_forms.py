"""Every procedure that can be filed here shows each of its sections, its papers and its gaps, in both languages."""

import pytest
from django.test import Client

from ansinh.catalogue.freeze import freeze_all
from ansinh.catalogue.queries import services_on
from ansinh.dossiers.applicants import is_for_organisations
from ansinh.people.models import Account, StaffMember
from ansinh.people.models_organisations import OrganisationKind
from tests.web.citizen.conftest import MONDAY
from tests.world import ID_NUMBER, World
from tests.world_organisations import an_organisation
from tests.world_procedures import REGISTRATION

ONLINE = sorted(one.slug for one in services_on(MONDAY.date()) if one.procedure.online and one.form is not None)


def works_for(browser: Client, kind: str) -> None:
    """The procedure is for organisations of this kind only."""
    facts = {"facility_code": "90001"} if kind == OrganisationKind.FACILITY else {}
    member = StaffMember.objects.create(
        organisation=an_organisation(kind=kind, **facts), account=Account.objects.get(login=ID_NUMBER), roles=["file"],
        valid_from=MONDAY.date(),
    )  # fmt: skip
    assert browser.post(f"/tai-khoan/lam-thay/{member.pk}/chuyen").status_code == 302


def test_there_are_forms_to_file() -> None:
    assert "che-do-thai-san" in ONLINE and "dang-ky-gdt-ca-nhan" in ONLINE


@pytest.mark.parametrize("slug", ONLINE)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_section_shows(browser: Client, world: World, slug: str, language: str) -> None:
    freeze_all(at=MONDAY)
    if slug == REGISTRATION:  # nobody registers from within an account
        browser = Client()
    browser.cookies["ngon_ngu"] = language
    folder = next(one for one in services_on(MONDAY.date()) if one.slug == slug)
    if is_for_organisations(folder.procedure):
        works_for(browser, next(iter(set(folder.procedure.applicants) & set(OrganisationKind.values))))
    begins = "/dang-ky" if slug == REGISTRATION else f"/ho-so/bat-dau/{slug}"
    first = browser.post(begins).headers["Location"]
    base = first.rpartition("/")[0]
    form = folder.form
    assert form is not None
    shown = 0
    for section in form.sections:
        answer = browser.get(f"{base}/{section.key}?xem-loi=1")
        assert answer.status_code in (200, 404), section.key
        shown += answer.status_code == 200
    assert shown >= 1
    for page in ("giay-to", "kiem-tra"):
        assert browser.get(f"{base}/{page}").status_code == 200, page
    assert browser.post(first, {}).status_code in (302, 422)

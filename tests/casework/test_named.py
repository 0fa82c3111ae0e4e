"""Whom an organisation names in its dossier: each hears of it, of the own part only, and may not read the rest."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.hashers import make_password

from ansinh.casework.named import FILED, RESULTS, tell_named
from ansinh.catalogue.queries import folders
from ansinh.demo.play.play import moment, play
from ansinh.demo.play.town import build_town
from ansinh.dossiers.access import dossiers_of
from ansinh.dossiers.models import Dossier
from ansinh.law.names import search_key
from ansinh.notifications.models import Message, Notice
from ansinh.people.models import Account, AccountState, Person
from ansinh.people.queries import citizen
from ansinh.platform.models import Job

pytestmark = pytest.mark.django_db


def with_an_account(name: str, number: str, *, si_number: str = "") -> Account:
    """Somebody who signed up before the employer filed anything."""
    at = datetime.now(UTC)
    person = Person.objects.create(
        full_name=name, search_key=search_key(name), personal_id_number=number, date_of_birth="1990-05-04",
        sex="female", si_number=si_number, updated_at=at,
    )  # fmt: skip
    return Account.objects.create(
        login=number, password=make_password(None), person=person, state=AccountState.ACTIVE, display_name=name,
        created_at=at, activated_at=at, phone="84900000123",
    )  # fmt: skip


def played(slug: str, example: str) -> Dossier:
    """The dossier of an example, decided."""
    (folder,) = [one for one in folders() if one.slug == slug]
    (found,) = [one for one in folder.examples if one.key == example]
    dossier_id = play(folder, found).dossier_id
    assert dossier_id is not None
    return Dossier.objects.get(pk=dossier_id)


def said_to(account: Account, code: str) -> str:
    return Notice.objects.get(account_id=account.pk, code=code).body_vi


@pytest.fixture(autouse=True)
def town(db: None) -> None:
    """Where examples are played."""
    build_town(at=datetime.now(UTC))


@pytest.mark.requirement("R-129")
def test_a_worker_hears_that_the_employer_filed_and_what_was_decided() -> None:
    worker = with_an_account("Lê Minh Đức", "045065001234", si_number="4516123456")
    dossier = played("luong-huu-can-bo-xa", "don-vi-nop-cho-nguoi-lao-dong")
    at = moment(dossier.submitted_at.date(), hour=16)
    assert [tell_named(dossier, code, at=at) for code in (FILED, RESULTS["result_ready"])] == [1, 1]
    assert dossier.number in said_to(worker, FILED) and "Công ty May Đồng Xanh" in said_to(worker, FILED)
    decided = said_to(worker, RESULTS["result_ready"])
    assert "3.100.000" in decided and "Cấp thẻ BHYT" in decided
    assert Message.objects.filter(account_id=worker.pk, dossier_id=None).count() == 2  # an SMS each, without a name
    reader = citizen(worker)
    assert reader is not None and not dossiers_of(reader).exists()  # the dossier is the employer's


def test_each_of_a_list_hears_of_the_own_row_alone() -> None:
    first = with_an_account("Trần Thị Mai Lan", "045190001234", si_number="4516123456")
    second = with_an_account("Lê Thị Bình", "045190001235", si_number="4516123457")
    dossier = played("cap-lai-doi-dieu-chinh-so-the", "don-vi-nop-danh-sach")
    at = moment(dossier.submitted_at.date(), hour=16)
    assert tell_named(dossier, RESULTS["result_ready"], at=at) == 2
    assert "bị mất" in said_to(first, RESULTS["result_ready"])
    assert "họ và tên" in said_to(second, RESULTS["result_ready"])
    assert "họ và tên" not in said_to(first, RESULTS["result_ready"])
    assert "bị mất" not in said_to(second, RESULTS["result_ready"])


def test_a_relative_named_by_the_identity_number_hears_of_it() -> None:
    widow = with_an_account("Trần Thị Mai Lan", "045190001234")
    dossier = played("che-do-tu-tuat", "don-vi-nop-thay-than-nhan")
    assert tell_named(dossier, RESULTS["result_ready"], at=moment(dossier.submitted_at.date(), hour=16)) == 1
    assert "25.300.000" in said_to(widow, RESULTS["result_ready"])


def test_nobody_is_told_of_a_dossier_of_ones_own() -> None:
    own = played("cap-lai-doi-dieu-chinh-so-the", "sua-ho-ten")
    assert not Job.objects.filter(name="casework.tell_named").exists()
    assert tell_named(own, FILED, at=datetime.now(UTC)) == 0


def test_the_result_of_an_organisations_dossier_is_told_by_the_worker_behind() -> None:
    played("dieu-chinh-huy-cham-dut-huong", "don-vi-de-nghi-cham-dut")
    (job,) = Job.objects.filter(name="casework.tell_named")
    assert job.arguments["code"] == "decided_about_you"

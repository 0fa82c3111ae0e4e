"""Whose account the money would go to is said before it goes there."""

import pytest

from ansinh.casework.account_holder import Belongs, OtherHolder, account_holders, other_holders
from ansinh.catalogue.models import ProcedureVersion
from ansinh.dossiers.models import Dossier
from tests.world import World, a_submitted_dossier
from tests.world_organisations import freeze

pytestmark = pytest.mark.requirement("R-106")


def an_account(holder: str) -> dict[str, str]:
    return {"bank": "970405", "number": "3900205123456", "holder": holder}


@pytest.mark.parametrize(
    ("holder", "belongs"),
    [
        ("TRAN THI MAI LAN", Belongs.BENEFICIARY),
        ("Trần  Thị Mai Lan", Belongs.BENEFICIARY),
        ("tran thi mai lan", Belongs.BENEFICIARY),
        ("TRAN THI LAN", Belongs.SOMEBODY_ELSE),
        ("TRAN THI MAI LANH", Belongs.SOMEBODY_ELSE),
    ],
)
def test_the_holder_is_compared_as_banks_write_names(world: World, holder: str, belongs: Belongs) -> None:
    dossier = a_submitted_dossier(world, bank_account=an_account(holder))
    (found,) = account_holders(dossier).values()
    assert (found.field, found.belongs, found.expected) == ("bank_account", belongs, "TRAN THI MAI LAN")


def test_nothing_is_said_where_no_account_is_asked(world: World) -> None:
    dossier = a_submitted_dossier(world)
    dossier.answers = {"full_name": "Trần Thị Mai Lan"}
    assert account_holders(dossier) == {}


def test_an_employer_files_for_a_worker_whose_name_the_account_carries(world: World) -> None:
    dossier = a_submitted_dossier(world, bank_account=an_account("DO VAN DUNG"), full_name="Đỗ Văn Dũng")
    Dossier.objects.filter(pk=dossier.pk).update(applicant_name="Công ty May Đồng Xanh 10")
    dossier.refresh_from_db()
    assert account_holders(dossier)["bank_account"].belongs is Belongs.BENEFICIARY


def test_rows_of_a_list_with_an_account_in_another_name_are_named(world: World) -> None:
    freeze("che-do-om-dau")
    dossier = a_submitted_dossier(world)
    rows = [
        {"full_name": "Nguyễn Văn An", "payment_method": "bank_account", "account_holder": "NGUYEN VAN AN"},
        {"full_name": "Lê Thị Bình", "payment_method": "bank_account", "account_holder": "LE VAN BINH"},
        {"full_name": "Phạm Thị Cúc", "payment_method": "via_employer"},
    ]
    dossier.answers, dossier.version = {"workers": rows}, ProcedureVersion.objects.get(slug="che-do-om-dau")
    assert other_holders(dossier) == (OtherHolder(2, "Lê Thị Bình", "LE VAN BINH"),)

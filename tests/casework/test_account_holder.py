"""Whose account the money would go to is said before it goes there."""

import pytest

from ansinh.casework.account_holder import Belongs, account_holders
from ansinh.dossiers.models import Dossier
from tests.world import World, a_submitted_dossier

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
    Dossier.objects.filter(pk=dossier.pk).update(answers={"full_name": "Trần Thị Mai Lan"})
    dossier.refresh_from_db()
    assert account_holders(dossier) == {}

"""A card checked at a counter: the codes hospitals know, nothing told where it does not fit, counted, written, told."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from ansinh.notifications.models import Notice
from ansinh.people.models import Organisation
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.registry.card_checks.check import check_code, check_typed, checks_of
from ansinh.registry.card_checks.compare import Typed
from ansinh.registry.cards import card_code, card_of
from ansinh.registry.contracts.end import end_contract
from ansinh.registry.models import CardCheck, InsuredPerson
from ansinh.signing import qr_token, seal
from tests.world import SI_NUMBER, World, a_world
from tests.world_facilities import AT, Clinic, a_clinic
from tests.world_organisations import Firm, a_firm, acting_for

pytestmark = pytest.mark.django_db
NUMBER, NAME, BORN = f"DN490{SI_NUMBER}", "Trần Thị Mai Lan", "12/05/1990"


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> None:
    """Keys and secrets of one test only."""
    settings.SIGNING_DIR, settings.SECRETS_DIR = tmp_path / "signing", tmp_path / "secrets"
    settings.SECRETS_DIR.mkdir()
    seal._key.cache_clear()


@pytest.fixture
def world(own_keys: None) -> World:
    """Lan has a card of this year."""
    made = a_world()
    change(
        card_number=NUMBER, card_level_percent=80, card_valid_from=date(2026, 1, 1), card_valid_to=date(2026, 12, 31)
    )
    return made


@pytest.fixture
def clinic(world: World) -> Clinic:
    """A clinic with a contract of this year."""
    return a_clinic(world)


def change(**values: object) -> None:
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(**values)


def ask(clinic: Clinic, number: str = NUMBER, name: str = NAME, born: str = BORN) -> tuple[str, bool]:
    """The code of the answer, and whether the card was shown."""
    checked = check_typed(Typed(number, name, born), actor=clinic.clerk, at=AT)
    return checked.answer.code, checked.card is not None


@pytest.mark.requirement("R-176")
@pytest.mark.parametrize(
    ("number", "name", "born", "code"),
    [
        (NUMBER, NAME, BORN, "000"),
        (SI_NUMBER, NAME, BORN, "000"),
        (f"DN 4 90 {SI_NUMBER}", "  trần thị MAI lan ", "1990", "000"),
        ("9000009999", NAME, BORN, "050"),
        (f"GD490{SI_NUMBER}", NAME, BORN, "051"),
        (f"DN491{SI_NUMBER}", NAME, BORN, "052"),
        (f"DN390{SI_NUMBER}", NAME, BORN, "053"),
        (NUMBER, "Trần Thị Mai Liên", BORN, "061"),
        (NUMBER, "Lê Văn Bình", BORN, "060"),
        (NUMBER, NAME, "12/05/1991", "070"),
        (NUMBER, NAME, "1991", "070"),
        (NUMBER, NAME, "31/02/1990", "205"),
        (NUMBER, " ", BORN, "205"),
        ("12", NAME, BORN, "205"),
    ],
)
def test_each_thing_that_does_not_fit_has_its_code_and_shows_nothing(
    clinic: Clinic, number: str, name: str, born: str, code: str
) -> None:
    assert ask(clinic, number, name, born) == (code, code == "000")


@pytest.mark.parametrize(
    ("values", "code", "shown"),
    [
        ({"card_number": f"QN590{SI_NUMBER}"}, "001", True),
        ({"card_number": f"CA590{SI_NUMBER}"}, "002", True),
        ({"card_valid_to": date(2026, 11, 25)}, "010", True),
        ({"card_valid_from": date(2026, 11, 27)}, "010", True),
        ({"card_valid_to": date(2026, 11, 26)}, "000", True),
        ({"card_valid_from": None}, "100", False),
        ({"card_number": ""}, "050", False),
        ({"card_number": "", "date_of_birth": "2020-11-27"}, "130", False),
        ({"card_number": "", "date_of_birth": "2020-11-26"}, "050", False),
    ],
)
def test_what_the_register_holds_decides(
    clinic: Clinic, values: dict[str, object], code: str, shown: bool
) -> None:  # fmt: skip
    change(**values)
    born = "/".join(reversed(str(values["date_of_birth"]).split("-"))) if "date_of_birth" in values else BORN
    assert ask(clinic, SI_NUMBER, NAME, born) == (code, shown)


def test_the_code_a_person_shows_is_enough_while_it_holds(clinic: Clinic) -> None:
    card = card_of(SI_NUMBER)
    assert card is not None
    code = card_code(card, at=AT)
    for text in (code, f"https://ansinh.example/minh-chung?q={code}", f" {code}\n"):
        assert check_code(text, actor=clinic.clerk, at=AT).card == card
    with pytest.raises(Invalid, match="hết hạn"):
        check_code(code, actor=clinic.clerk, at=AT + timedelta(minutes=10))
    change(card_level_percent=95)
    with pytest.raises(Invalid, match="vừa được sửa"):
        check_code(code, actor=clinic.clerk, at=AT)
    paper = qr_token.issue(qr_token.Kind.RECEIPT, about=clinic.facility.pk, digest="00" * 32, at=AT)
    with pytest.raises(Invalid, match="của một văn bản"):
        check_code(paper, actor=clinic.clerk, at=AT)
    with pytest.raises(Invalid):
        check_code("x" * 135, actor=clinic.clerk, at=AT)


def test_only_the_staff_of_a_facility_with_a_contract_may_ask(clinic: Clinic, world: World) -> None:
    firm: Firm = a_firm()
    for stranger in (world.citizen, acting_for(firm.chief, firm.company)):
        with pytest.raises(NotAllowed) as refusal:
            check_typed(Typed(NUMBER, NAME, BORN), actor=stranger, at=AT)
        assert refusal.value.code == "not-a-facility-user"
    end_contract(
        clinic.facility.pk, on=AT.date() - timedelta(days=1), why="Thanh lý", dossier_id=None, actor=world["leader"],
        at=AT,
    )  # fmt: skip
    with pytest.raises(NotAllowed) as ended:
        ask(clinic)
    assert ended.value.code == "no-contract"
    assert not CardCheck.objects.exists()


@pytest.mark.requirement("R-128")
def test_every_check_is_written_down_and_the_person_is_told_which_facility_looked(clinic: Clinic) -> None:
    ask(clinic)
    ask(clinic, born="1991")
    first, second = checks_of(SI_NUMBER)[::-1]
    assert (first.facility_name, first.asked_by, first.way, first.answer) == (
        "Phòng khám Sao Mai", clinic.clerk.name, "typed", "000",
    )  # fmt: skip
    assert second.answer == "070"
    told = Notice.objects.get(account_id=clinic.world.citizen.account_id)
    assert told.code == "card_checked"
    with pytest.raises(DatabaseError), transaction.atomic():
        CardCheck.objects.filter(pk=first.pk).update(answer="050")
    ask(clinic, "9000009999")
    assert CardCheck.objects.get(answer="050").si_number == ""


def test_guessing_is_stopped_long_before_the_honest_work_of_an_hour(clinic: Clinic) -> None:
    for number in range(20):
        assert ask(clinic, f"{9_000_009_000 + number}")[0] == "050"
    with pytest.raises(NotAllowed) as refusal:
        ask(clinic)
    assert refusal.value.code == "too-many-checks"
    later = AT + timedelta(hours=1, minutes=1)
    assert check_typed(Typed(NUMBER, NAME, BORN), actor=clinic.clerk, at=later).answer.code == "000"


def test_a_facility_elsewhere_learns_nothing_by_the_name_of_another(clinic: Clinic) -> None:
    Organisation.objects.filter(pk=clinic.facility.pk).update(kind="employer")
    with pytest.raises(NotAllowed):
        ask(clinic)

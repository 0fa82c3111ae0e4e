"""An administrator puts a limit right at the desk, a director approves it, and the service page tells it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from ansinh.catalogue.models import Correction
from tests.browsers import Client
from tests.web.officer.conftest import NOW
from tests.world import World, a_submitted_dossier
from tests.world_organisations import freeze

Browser = Callable[[str], Client]
SLUG = "huong-bhxh-mot-lan"
FROM = NOW.date() + timedelta(days=10)
TYPED = {
    "value-usual": "5", "unit-usual": "working_day", "fee": "0", "document": "Nghị định 01/2027/NĐ-CP",
    "reason": "Rút ngắn thời hạn", "from.day": str(FROM.day), "from.month": str(FROM.month),
    "from.year": str(FROM.year),
}  # fmt: skip


@pytest.fixture
def service(world: World) -> str:
    """A real procedure, frozen."""
    freeze(SLUG)
    return f"/can-bo/thu-tuc/{SLUG}"


def test_a_limit_is_put_right_by_two_people(service: str, browser: Browser) -> None:
    admin, director = browser("admin"), browser("director")
    assert "BHXH một lần" in admin.get("/can-bo/thu-tuc").text
    page = admin.get(service).text
    assert 'name="value-usual"' in page and 'value="7"' in page
    sent = admin.post(service, TYPED)
    assert sent.status_code == 302
    shown = director.get(sent["Location"]).text
    assert "“7 ngày làm việc” thành “5 ngày làm việc”" in shown and "Nghị định 01/2027/NĐ-CP" in shown
    assert 'value="approve"' not in admin.get(sent["Location"]).text
    assert director.post(sent["Location"], {"_act": "approve"}).status_code == 302
    assert Correction.objects.get().state == "approved"
    guide = Client().get(f"/dich-vu/{SLUG}/huong-dan?ban={FROM.isoformat()}").text
    assert "5 ngày làm việc" in guide
    assert "“7 ngày làm việc” thành “5 ngày làm việc”" in Client().get(f"/dich-vu/{SLUG}").text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"value-usual": "năm"}, "không phải số nguyên"),
        ({"value-usual": "7"}, "Chưa đổi mục nào"),
        ({"document": ""}, "Chưa ghi văn bản"),
        ({"from.day": ""}, "Chưa ghi đủ ngày"),
        ({"from.year": "2020"}, "đã qua"),
    ],
)
def test_a_proposal_that_is_not_whole_says_what_is_missing(
    service: str, browser: Browser, change: dict[str, str], says: str
) -> None:
    answer = browser("admin").post(service, {**TYPED, **change})
    assert answer.status_code == 422
    assert says in answer.text and not Correction.objects.exists()


@pytest.mark.parametrize("name", ["specialist", "leader", "counter"])
def test_nobody_else_has_the_pages(service: str, browser: Browser, name: str) -> None:
    assert browser(name).get("/can-bo/thu-tuc").status_code == 403
    assert browser(name).post(service, TYPED).status_code == 403


def test_the_officer_sees_what_nobody_has_checked(world: World, browser: Browser) -> None:
    dossier = a_submitted_dossier(world)
    page = browser("counter").get(f"/can-bo/ho-so/{dossier.pk}").text
    assert "Chưa đối chiếu văn bản gốc" in page and "7 ngày làm việc" in page
    assert "/can-bo/thu-tuc/" not in page

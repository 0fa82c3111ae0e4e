"""Recovery through the pages: the desk of two officers, the slip, the person's own telephone, the stop page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ansinh.people.actors import OfficerActor
from ansinh.people.models import Account, Recovery
from tests.browsers import Client
from tests.files import samples
from tests.people.recovery.conftest import Counter
from tests.people.recovery.test_recovery import stop_code
from tests.web.citizen.codes import last_code
from tests.world import ID_NUMBER, LOCAL_OFFICE, SI_NUMBER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(counter: Counter) -> Callable[[OfficerActor], Client]:
    """A browser of an officer."""

    def of(officer: OfficerActor) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=officer.account_id))
        return client

    return of


def text(client: Client, address: str) -> str:
    """The page."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_two_officers_a_slip_and_the_persons_own_hand(
    counter: Counter, desk: Callable[[OfficerActor], Client], stranger: Client
) -> None:  # fmt: skip
    first, second = desk(counter.first), desk(counter.second)
    found = text(first, f"/can-bo/khoi-phuc?ma={SI_NUMBER}")
    account = f"/can-bo/khoi-phuc/tai-khoan/{counter.account.pk}"
    assert account in found
    assert ID_NUMBER not in found, "a list shows the least"
    empty = first.post(account, {"office": LOCAL_OFFICE})
    assert empty.status_code == 422
    opened = first.post(account, {"office": LOCAL_OFFICE, "compared": ["id_card"], "reason": "lost_phone"})
    here = opened.headers["Location"]
    assert "Chưa có ảnh giấy tờ" in text(first, here)
    photo = SimpleUploadedFile("the.jpg", samples.image_bytes("JPEG", samples.picture(width=500)), "image/jpeg")
    assert first.post(f"{here}/anh", {"_upload": "id_card", "id_card": photo}).status_code == 302
    assert first.post(f"{here}/duyet").status_code == 409, "who opened it does not approve it"
    assert "Duyệt và in giấy" in text(second, here)
    slip = second.post(f"{here}/duyet").content.decode()
    secret = re.search(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}", slip)
    assert secret is not None
    assert secret[0] not in text(second, here), "it is shown once"

    scanned = stranger.get("/khoi-phuc", {"ma": secret[0]})
    assert scanned.headers["Location"] == "/khoi-phuc", "the secret leaves the address at once"
    assert secret[0] in text(stranger, "/khoi-phuc")
    assert stranger.post("/khoi-phuc", {"secret": secret[0], "number": "090190000999"}).status_code == 422
    onward = stranger.post("/khoi-phuc", {"secret": secret[0], "number": ID_NUMBER})
    assert onward.headers["Location"] == "/khoi-phuc/lien-lac"
    assert stranger.post("/khoi-phuc/lien-lac", {"contact": "không phải số"}).status_code == 422
    assert stranger.post("/khoi-phuc/lien-lac", {"contact": "0977 000 111"}).status_code == 302
    chosen = {"code": last_code(), "password": "cánh đồng sau mưa"}
    assert stranger.post("/khoi-phuc/ma", chosen).headers["Location"] == "/dang-nhap?doi-xong=1"
    signed_in = stranger.post("/dang-nhap", {"login": ID_NUMBER, "password": chosen["password"]})
    assert signed_in.headers["Location"] == "/ho-so"
    assert "Đã đặt lại" in text(first, here)


def test_the_old_telephone_stops_it_on_a_page(counter: Counter, stranger: Client) -> None:
    made, _ = counter.approved()
    assert stranger.post("/chan-khoi-phuc", {"stop_code": "ABCDEFGHJK"}).status_code == 422
    done = stranger.post("/chan-khoi-phuc", {"stop_code": stop_code(counter.account).lower()})
    assert "Việc khôi phục đã dừng" in done.content.decode()
    assert Recovery.objects.get(pk=made.pk).state == "stopped"


@pytest.mark.parametrize("address", ["/khoi-phuc/lien-lac", "/khoi-phuc/ma"])
def test_without_a_slip_nothing_is_set(counter: Counter, stranger: Client, address: str) -> None:
    answer = stranger.post(address, {"contact": "0977000111", "code": "123456", "password": "x" * 12})
    assert answer.headers["Location"] == "/khoi-phuc"


def test_a_photograph_of_another_recovery_is_not_shown(
    counter: Counter, desk: Callable[[OfficerActor], Client]
) -> None:  # fmt: skip
    made = counter.opened()
    first = desk(counter.first)
    assert first.get(f"/can-bo/khoi-phuc/{made.pk}/anh/{counter.paper_id}").status_code == 200
    made.papers.all().delete()
    assert first.get(f"/can-bo/khoi-phuc/{made.pk}/anh/{counter.paper_id}").status_code == 404

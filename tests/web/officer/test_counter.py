"""At the counter: typing for a person, taking in a change of account, keeping and destroying, progress."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ansinh.casework.models import DestructionList
from ansinh.dossiers.models import Dossier, DossierEvent, Draft
from ansinh.people.actors import Citizen
from ansinh.people.models import Role
from ansinh.registry.models import BankAccountChange
from ansinh.signing.authority import ensure_authority
from ansinh.signing.models import EvidenceRecord
from tests.files import samples
from tests.web.citizen.codes import last_code
from tests.world import (
    ID_NUMBER,
    LOCAL_OFFICE,
    LONG_AGO,
    OTHER_OFFICE,
    SI_NUMBER,
    World,
    a_draft,
    a_paper,
    a_registration,
    an_officer,
)
from tests.world_procedures import ALLOWANCE

Browser = Callable[[str], Client]


@pytest.fixture
def authority(place: None) -> None:
    """The portal signs receipts."""
    ensure_authority(at=LONG_AGO)


def begin(desk: Client, **more: str) -> str:
    given = {"so": ID_NUMBER, "thu_tuc": ALLOWANCE, "office": LOCAL_OFFICE, "identity_matches": "1", **more}
    answer = desk.post("/can-bo/nop-giup", given)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"]).rsplit("/", 1)[0]


@pytest.mark.requirement("R-193")
def test_an_officer_types_and_the_person_confirms(world: World, browser: Browser, authority: None) -> None:
    desk = browser("counter")
    base = begin(desk)
    draft = Draft.objects.get(assisted__isnull=False)
    assert desk.get(f"{base}/kiem-tra").status_code == 200
    draft.answers = a_draft(world).answers
    draft.save()
    for requirement, row in (("birth_certificate", "children[0]"),):
        draft.papers.create(requirement=requirement, row=row, paper=a_paper(world.citizen, kind=requirement))
    assert desk.get(f"{base}/nop").status_code == 200
    assert desk.post(f"{base}/nop", {"channel": "sms"}).status_code == 302
    wrong = desk.post(f"{base}/nop/ma", {"code": "000000"})
    assert wrong.status_code == 422 and not Dossier.objects.exists()
    filed = desk.post(f"{base}/nop/ma", {"code": last_code()}, follow=True)
    dossier = Dossier.objects.get()
    assert dossier.number in filed.content.decode()
    assert (dossier.channel, dossier.account_id) == ("counter", world.citizen.account_id)
    typed = DossierEvent.objects.get(dossier=dossier, kind="typed_at_counter")
    assert typed.actor_name == "Nguyễn Thị Hoa"
    assert EvidenceRecord.objects.get().account_id == world.citizen.account_id
    assert desk.get(f"{base}/da-nop").status_code == 200
    receipt = desk.get(f"{base}/da-nop/giay-tiep-nhan.pdf")
    assert receipt["Content-Type"] == "application/pdf" and receipt.getvalue().startswith(b"%PDF")
    own = browser("citizen").get(f"/ho-so/{dossier.pk}").content.decode()
    assert "Cán bộ kê khai giúp tại quầy" in own and "Nguyễn Thị Hoa" in own


@pytest.mark.requirement("R-112", "R-193")
def test_somebody_unknown_signs_the_print_by_hand_and_takes_the_receipt_home(
    world: World, browser: Browser, authority: None
) -> None:
    desk, given = browser("counter"), {"so": "090199000031", "thu_tuc": ALLOWANCE, "office": LOCAL_OFFICE}
    unknown = desk.post("/can-bo/nop-giup", {**given, "identity_matches": "1"})
    assert unknown.status_code == 404 or 'id="so:error"' in unknown.content.decode()
    paper = {"ten": "Lê Thị Sen", "sinh.day": "4", "sinh.month": "3", "sinh.year": "1999", "gioi": "female"}
    base = begin(desk, **given, **paper)
    draft = Draft.objects.get(assisted__isnull=False)
    draft.answers = {**a_draft(world).answers, "full_name": "Lê Thị Sen", "si_number": "9000000034"}
    draft.save()
    holder = Citizen(draft.account_id, draft.owner_id, "")  # type: ignore[arg-type]
    draft.papers.create(
        requirement="birth_certificate", row="children[0]", paper=a_paper(holder, kind="birth_certificate")
    )
    answer = desk.get(f"{base}/nop")
    page = answer.content.decode()
    assert "Ký tay trên bản in" in page and "Gửi mã xác nhận" not in page
    scan = {"_by": "hand", "signed": "true", "scan": SimpleUploadedFile("ky.jpg", samples.jpeg(), "image/jpeg")}
    early = desk.post(f"{base}/nop", scan)
    assert early.status_code == 422 and "Chưa in trang xác nhận" in early.content.decode()
    assert desk.get(f"{base}/nop/in.pdf").content.startswith(b"%PDF")
    for missing in ({"_by": "hand", "signed": "true"}, {**scan, "signed": None}):
        half = {key: value for key, value in missing.items() if value is not None and key != "scan"}
        file = {"scan": SimpleUploadedFile("ky.jpg", samples.jpeg(), "image/jpeg")} if "scan" in missing else {}
        assert desk.post(f"{base}/nop", {**half, **file}).status_code == 422
    scan["scan"] = SimpleUploadedFile("ky.jpg", samples.jpeg(), "image/jpeg")
    done = desk.post(f"{base}/nop", scan, follow=True)
    dossier = Dossier.objects.get()
    assert dossier.number in done.content.decode() and dossier.applicant_name == "Lê Thị Sen"
    receipt = desk.get(f"{base}/da-nop/giay-tiep-nhan.pdf")
    assert receipt["Content-Type"] == "application/pdf" and receipt.getvalue().startswith(b"%PDF")
    assert browser("other_counter").get(f"{base}/da-nop").status_code == 404


@pytest.mark.parametrize(
    ("change", "place"),
    [({"so": "090000000000"}, "so"), ({"so": "12"}, "so"), ({"thu_tuc": "khong-co"}, "thu_tuc")],
)
def test_what_is_wrong_stands_beside_its_box(
    world: World, browser: Browser, change: dict[str, str], place: str
) -> None:
    given = {"so": ID_NUMBER, "thu_tuc": ALLOWANCE, "office": LOCAL_OFFICE, "identity_matches": "1", **change}
    answer = browser("counter").post("/can-bo/nop-giup", given)
    assert answer.status_code in (404, 422)
    if answer.status_code == 422:
        assert f'id="{place}:error"' in answer.content.decode()


def test_a_change_of_account_taken_in_at_the_counter_is_decided_by_somebody_else(
    world: World, browser: Browser
) -> None:
    an_officer("ke-toan", "Trịnh Công Bình", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))
    counter, head = browser("counter"), browser("head")
    page = counter.post("/can-bo/tai-khoan-nhan-tien/moi", {"so": SI_NUMBER})
    assert page.status_code == 422 and "Chưa chọn ngân hàng" in page.content.decode()
    taken = counter.post(
        "/can-bo/tai-khoan-nhan-tien/moi",
        {
            "so": SI_NUMBER, "office": LOCAL_OFFICE, "identity_matches": "1", "account.bank": "970436",
            "account.number": "0011 0022 3344", "account.holder": "Trần Thị Mai Lan",
        },
    )  # fmt: skip
    assert taken.status_code == 302
    change = BankAccountChange.objects.get()
    here = f"/can-bo/tai-khoan-nhan-tien/{change.pk}"
    assert "Yêu cầu tại quầy" in head.get(here).content.decode()
    refused = counter.post(here, {"_act": "approve"})
    assert refused.status_code in (403, 422)
    assert head.post(here, {"_act": "approve"}).status_code == 302
    change.refresh_from_db()
    assert change.state == "approved"
    assert (
        "Không có thay đổi tài khoản nào đang chờ ở cơ quan" in head.get("/can-bo/tai-khoan-nhan-tien").content.decode()
    )


def test_a_change_waiting_elsewhere_is_found_by_number_at_the_counter_the_person_comes_to(
    world: World, browser: Browser
) -> None:
    change = BankAccountChange.objects.create(
        person_id=world.citizen.person_id, bank="970436", number="0011002233445", holder="TRAN THI MAI LAN",
        state="review", way="passkey", reasons=["new-factor"], asked_by=world.citizen.label, asked_at=LONG_AGO,
        freeze_hash="x", office_code=OTHER_OFFICE,
    )  # fmt: skip
    counter, here = browser("counter"), "/can-bo/tai-khoan-nhan-tien"
    assert counter.get(f"{here}/{change.pk}").status_code == 404
    unknown = counter.post(here, {"so": "0123456789", "office": LOCAL_OFFICE})
    assert unknown.status_code == 422 and 'id="so:error"' in unknown.content.decode()
    found = counter.post(here, {"so": SI_NUMBER, "office": LOCAL_OFFICE})
    assert found.status_code == 302 and found["Location"] == f"{here}/{change.pk}"
    assert "Khóa đăng nhập" in counter.get(f"{here}/{change.pk}").content.decode()


def test_progress_shows_the_office_and_a_leader_sets_the_plan(world: World, browser: Browser) -> None:
    a_registration(world)
    leader = browser("leader")
    days = "tu.day=2&tu.month=11&tu.year=2026&den.day=13&den.month=11&den.year=2026"
    page = leader.get(f"/can-bo/dang-ky/tien-do?{days}").content.decode()
    assert "nộp từ 02/11/2026 đến 13/11/2026" in page
    assert "BHXH cơ sở Hàm Rồng" in page and "BHXH cơ sở Cửa Lò" not in page
    given = {"office": LOCAL_OFFICE, "target": "40", "document": "45/KH-BHXH"}
    for name, day in (("ke_hoach_tu", "2"), ("ke_hoach_den", "13")):
        given |= {f"{name}.day": day, f"{name}.month": "11", f"{name}.year": "2026"}
    assert leader.post(f"/can-bo/dang-ky/tien-do?{days}", given).status_code == 302
    assert "40 (0%)" in leader.get(f"/can-bo/dang-ky/tien-do?{days}").content.decode()
    wrong = leader.post("/can-bo/dang-ky/tien-do", {**given, "target": "0"})
    assert wrong.status_code == 422
    backwards = leader.get(f"/can-bo/dang-ky/tien-do?{days}".replace("den.day=13", "den.day=1"))
    assert backwards.status_code == 422 and "Chưa xem được khoảng ngày này" in backwards.content.decode()


def test_the_list_of_what_is_due_says_when_nothing_is(world: World, browser: Browser) -> None:
    page = browser("head").get("/can-bo/luu-tru").content.decode()
    assert "Không có hồ sơ nào hết thời hạn lưu." in page and "Chưa có danh mục nào." in page
    empty = browser("head").post("/can-bo/luu-tru", {"office": LOCAL_OFFICE})
    assert empty.status_code == 422 and not DestructionList.objects.exists()
    assert browser("counter").get("/can-bo/luu-tru").status_code == 403


def test_a_change_is_stopped_on_the_public_page(world: World, browser: Browser) -> None:
    unknown = Client().post("/chan-doi-tai-khoan", {"ma": "AAAAA-BBBBB"})
    assert unknown.status_code == 422 and "Mã chặn này không đúng" in unknown.content.decode()
    assert Client().post("/chan-doi-tai-khoan", {"ma": ""}).status_code == 422

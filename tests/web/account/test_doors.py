"""The doors of an account through its pages: second step, proof, sessions, the officer's desk."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection

from ansinh.dossiers.models import DossierEvent
from ansinh.people.doors import authenticator, totp
from ansinh.people.doors.sessions import present
from ansinh.people.doors.step_up import stepped_up
from ansinh.people.models import Account, AuthenticatorApp, RecoveryCode, SignedInSession
from ansinh.platform.row_security.viewer import NOBODY, viewing
from tests.browsers import Client
from tests.doors import code_at, give_an_app
from tests.house.source import ROOT
from tests.web.account.conftest import Clock
from tests.world import ID_NUMBER, PASSWORD, World, a_passkey, a_submitted_dossier

TYPED = {"login": ID_NUMBER, "password": PASSWORD}
STAFF = {"login": "can-bo-counter", "password": PASSWORD}


def text(client: Client, address: str) -> str:
    """The page, which must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.headers.get("Location"))
    return unescape(answer.content.decode())


def where(client: Client, address: str) -> str:
    """Where the address leads."""
    return str(client.get(address).headers.get("Location", ""))


def at_the_desk(world: World, clock: Clock, name: str = "counter") -> Client:
    """An officer signed in by password and app, through the pages."""
    give_an_app(world[name].account_id, at=clock.at)
    client = Client()
    client.post("/dang-nhap", {"login": f"can-bo-{name}", "password": PASSWORD})
    assert client.post("/dang-nhap/buoc-hai", {"code": code_at(clock.at)}).headers["Location"] == "/can-bo"
    return client


@pytest.mark.requirement("R-050")
def test_the_app_is_asked_for_after_the_password(world: World, clock: Clock) -> None:
    give_an_app(world.citizen.account_id, at=clock.at)
    client = Client()
    assert client.post("/dang-nhap", {**TYPED, "tiep": "/giay-to"}).headers["Location"] == "/dang-nhap/buoc-hai"
    assert where(client, "/tai-khoan").startswith("/dang-nhap?"), "a password alone opens nothing"
    wrong = client.post("/dang-nhap/buoc-hai", {"code": "000000"})
    assert wrong.status_code == 422 and "Mã chưa đúng" in wrong.content.decode()
    assert client.post("/dang-nhap/buoc-hai", {"code": code_at(clock.at)}).headers["Location"] == "/giay-to"
    assert SignedInSession.objects.get().factor == "totp"


def test_the_second_step_waits_five_minutes_and_only_behind_a_password(world: World, clock: Clock) -> None:
    give_an_app(world.citizen.account_id, at=clock.at)
    assert where(Client(), "/dang-nhap/buoc-hai") == "/dang-nhap"
    client = Client()
    client.post("/dang-nhap", TYPED)
    clock.pass_by(minutes=5, seconds=1)
    assert client.post("/dang-nhap/buoc-hai", {"code": code_at(clock.at)}).headers["Location"] == "/dang-nhap"
    assert not SignedInSession.objects.exists()


def test_a_password_changed_meanwhile_ends_the_waiting(world: World, clock: Clock) -> None:
    give_an_app(world.citizen.account_id, at=clock.at)
    client = Client()
    client.post("/dang-nhap", TYPED)
    Account.objects.filter(pk=world.citizen.account_id).update(password="!another")
    assert client.post("/dang-nhap/buoc-hai", {"code": code_at(clock.at)}).headers["Location"] == "/dang-nhap"


def test_an_app_is_set_up_from_the_page_and_leads_to_recovery_codes(world: World, clock: Clock) -> None:
    client = Client()
    client.post("/dang-nhap", TYPED)
    page = text(client, "/tai-khoan/ung-dung-xac-thuc")
    assert "<svg" in page
    secret = totp.begin_setup(world.citizen.account_id, at=clock.at)
    assert authenticator.written(secret) in page
    assert client.post("/tai-khoan/ung-dung-xac-thuc", {"code": "123"}).status_code == 422
    code = authenticator.code_of(secret, step=authenticator.step_of(clock.at))
    before = client.cookies["sessionid"].value
    done = client.post("/tai-khoan/ung-dung-xac-thuc", {"code": code})
    assert done.headers["Location"] == "/tai-khoan/ma-du-phong?xong=them"
    assert client.cookies["sessionid"].value != before, "a new key of the session at every proof"
    made = client.post("/tai-khoan/ma-du-phong").content.decode()
    codes = re.findall(r"<code>([0-9a-z]{5}-[0-9a-z]{5})</code>", made)
    assert len(codes) == 10 == RecoveryCode.objects.count()
    assert codes[0] not in text(client, "/tai-khoan/ma-du-phong"), "shown once"
    other = Client()
    other.post("/dang-nhap", TYPED)
    assert other.post("/dang-nhap/buoc-hai", {"recovery": codes[0]}).headers["Location"] == "/ho-so"
    again = Client()
    again.post("/dang-nhap", TYPED)
    assert again.post("/dang-nhap/buoc-hai", {"recovery": codes[0]}).status_code == 422


def test_doors_change_only_under_the_eyes_of_the_holder(world: World, clock: Clock) -> None:
    client = Client()
    client.post("/dang-nhap", TYPED)
    clock.pass_by(minutes=11)
    for address in ("/tai-khoan/khoa/them", "/tai-khoan/ung-dung-xac-thuc", "/tai-khoan/ma-du-phong"):
        assert where(client, address) == f"/xac-nhan-lai?tiep={address.replace('/', '%2F')}"
    asked = text(client, "/xac-nhan-lai?tiep=/tai-khoan/khoa/them")
    assert 'name="password"' in asked
    assert client.post("/xac-nhan-lai", {"password": "sai", "tiep": "/tai-khoan/khoa/them"}).status_code == 422
    proved = client.post("/xac-nhan-lai", {"password": PASSWORD, "tiep": "/tai-khoan/khoa/them"})
    assert proved.headers["Location"] == "/tai-khoan/khoa/them"
    assert "Thêm khóa đăng nhập" in text(client, "/tai-khoan/khoa/them")


def test_with_a_factor_the_password_no_longer_proves(world: World, clock: Clock) -> None:
    client = Client()
    client.post("/dang-nhap", TYPED)
    a_passkey(world.citizen.account_id)
    assert client.post("/tai-khoan/ma-du-phong").status_code == 403
    asked = client.post("/xac-nhan-lai", {"password": PASSWORD, "tiep": "/tai-khoan/ma-du-phong"})
    assert asked.status_code == 422 and not RecoveryCode.objects.exists()


def test_only_a_strong_factor_of_the_last_minutes_steps_up(world: World, clock: Clock) -> None:
    account = Account.objects.get(pk=world.citizen.account_id)
    told = {}
    for factor in ("", "totp", "passkey", "vneid_2", "recovery_code"):
        client = Client()
        client.enter(account, factor=factor)
        row = SignedInSession.objects.latest("begun_at", "id")
        signed = present(row.pk, at=clock.at)
        assert signed is not None
        told[factor] = stepped_up(signed, at=clock.at)
    assert told == {"": False, "totp": True, "passkey": True, "vneid_2": True, "recovery_code": False}
    row = SignedInSession.objects.filter(factor="totp").get()
    clock.pass_by(minutes=10)
    late = present(row.pk, at=clock.at)
    assert late is not None and not stepped_up(late, at=clock.at)


def test_proof_leads_only_to_our_own_pages(world: World, clock: Clock) -> None:
    client = Client()
    client.post("/dang-nhap", TYPED)
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        proved = client.post("/xac-nhan-lai", {"password": PASSWORD, "tiep": elsewhere})
        assert proved.headers["Location"] == "/tai-khoan/dang-nhap", elsewhere


def test_the_holder_sees_and_ends_sessions(world: World, clock: Clock) -> None:
    mine, lost = Client(), Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1"})
    mine.post("/dang-nhap", TYPED)
    lost.post("/dang-nhap", TYPED)
    page = text(mine, "/tai-khoan/phien")
    assert "Safari, iPhone" in page and "127.0.0.0/24" in page and "mật khẩu" in page
    wanted = re.search(r'name="phien" value="([^"]+)"', page)
    assert wanted is not None
    mine.post("/tai-khoan/phien", {"phien": wanted[1]})
    assert lost.get("/tai-khoan").status_code == 302 and mine.get("/tai-khoan").status_code == 200
    assert "chủ tài khoản kết thúc" in text(mine, "/tai-khoan/phien")


def test_all_others_end_at_once(world: World, clock: Clock) -> None:
    browsers = [Client() for _ in range(4)]
    for one in browsers:
        one.post("/dang-nhap", TYPED)
    browsers[0].post("/tai-khoan/phien")
    assert [one.get("/tai-khoan").status_code for one in browsers] == [200, 302, 302, 302]


def test_a_foreign_session_is_not_ended(world: World, clock: Clock) -> None:
    officer = at_the_desk(world, clock)
    row = SignedInSession.objects.get()
    client = Client()
    client.post("/dang-nhap", TYPED)
    client.post("/tai-khoan/phien", {"phien": str(row.pk)})
    client.post("/tai-khoan/phien", {"phien": "không phải"})
    assert officer.get("/can-bo").status_code == 200


def test_an_officer_without_a_second_factor_is_led_to_set_one_up(world: World, clock: Clock) -> None:
    give_an_app(world["counter"].account_id, at=clock.at)
    AuthenticatorApp.objects.all().delete()
    client = Client()
    assert client.post("/dang-nhap", STAFF).headers["Location"] == "/can-bo"
    answer = client.get("/can-bo", follow=True)
    assert answer.redirect_chain[-1][0] == "/tai-khoan/dang-nhap"
    assert "Bàn làm việc chỉ mở khi" in answer.content.decode()
    secret = totp.begin_setup(world["counter"].account_id, at=clock.at)
    client.get("/tai-khoan/ung-dung-xac-thuc")
    code = authenticator.code_of(secret, step=authenticator.step_of(clock.at))
    client.post("/tai-khoan/ung-dung-xac-thuc", {"code": code})
    assert client.get("/can-bo").status_code == 200


def test_the_desk_locks_after_fifteen_minutes_and_opens_to_the_factor(world: World, clock: Clock) -> None:
    client = at_the_desk(world, clock)
    clock.pass_by(minutes=15)
    assert client.get("/can-bo").status_code == 200, "a quarter of an hour is allowed"
    clock.pass_by(minutes=15, seconds=1)
    assert where(client, "/can-bo?viec=tre-han") == "/xac-nhan-lai?tiep=%2Fcan-bo%3Fviec%3Dtre-han"
    client.get("/")
    client.get("/tai-khoan/dang-nhap")
    assert where(client, "/can-bo").startswith("/xac-nhan-lai"), "nothing but the factor opens it"
    assert "để lâu không dùng" in text(client, "/xac-nhan-lai?tiep=/can-bo")
    assert client.post("/xac-nhan-lai", {"code": "000000", "tiep": "/can-bo"}).status_code == 422
    opened = client.post("/xac-nhan-lai", {"code": code_at(clock.at), "tiep": "/can-bo"})
    assert opened.headers["Location"] == "/can-bo" and client.get("/can-bo").status_code == 200


def test_what_was_typed_before_the_lock_is_sent_after_it(world: World, clock: Clock) -> None:
    client = at_the_desk(world, clock)
    dossier = a_submitted_dossier(world)
    address = f"/can-bo/ho-so/{dossier.pk}/tiep-nhan"
    clock.pass_by(minutes=16)
    events = DossierEvent.objects.count()
    with viewing(NOBODY):  # as a server begins: pages say themselves who looks
        asked = client.post(address, {"note": 'Đã xem "bản chính" <tại quầy>', "way": ["a", "b"]})
    assert 'id="code"' in asked.content.decode(), "asked for the code of the app, not for the password"
    assert asked.status_code == 403 and DossierEvent.objects.count() == events
    kept = re.search(r'name="_kept" value="([^"]+)"', asked.content.decode())
    assert kept is not None and "Những gì đã gõ vẫn còn" in asked.content.decode()
    fields = {"code": code_at(clock.at), "tiep": address, "_kept": unescape(kept[1])}
    resumed = unescape(client.post("/xac-nhan-lai", fields).content.decode())
    assert f'<form method="post" action="{address}">' in resumed
    assert 'name="note" value="Đã xem "bản chính" <tại quầy>"' in resumed
    assert resumed.count('name="way"') == 2
    assert client.post(address, {}).status_code in {302, 422} and DossierEvent.objects.count() > events


def test_a_script_at_a_locked_desk_is_told_in_json(world: World, clock: Clock) -> None:
    client = at_the_desk(world, clock)
    clock.pass_by(minutes=16)
    answer = client.get("/can-bo", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (401, "proof-needed")


def test_a_citizen_is_not_locked_by_idleness(world: World, clock: Clock) -> None:
    client = Client()
    client.post("/dang-nhap", TYPED)
    clock.pass_by(hours=3)
    assert client.get("/ho-so").status_code == 200


def test_a_leader_unlocks_a_colleague_after_proof(world: World, clock: Clock) -> None:
    leader = at_the_desk(world, clock, "leader")
    give_an_app(world["counter"].account_id, at=clock.at)
    for number in range(5):
        Client(REMOTE_ADDR=f"198.51.100.{number + 1}").post("/dang-nhap", {**STAFF, "password": "sai"})
    assert Client().post("/dang-nhap", STAFF).status_code == 422
    assert "Cán bộ không vào được" in text(leader, "/can-bo")
    page = text(leader, "/can-bo/mat-khau-bi-khoa")
    assert "Nguyễn Thị Hoa" in page
    clock.pass_by(minutes=12)
    chosen = {"tai-khoan": str(world["counter"].account_id)}
    assert leader.post("/can-bo/mat-khau-bi-khoa", chosen).status_code == 403, "proof of ten minutes ago at most"
    leader.post("/xac-nhan-lai", {"code": code_at(clock.at), "tiep": "/can-bo"})
    assert leader.post("/can-bo/mat-khau-bi-khoa", chosen).status_code == 302
    assert Client().post("/dang-nhap", STAFF).headers["Location"] == "/dang-nhap/buoc-hai"


def test_removing_the_app_signs_the_other_devices_out(world: World, clock: Clock) -> None:
    account = Account.objects.get(pk=world.citizen.account_id)
    give_an_app(account.pk, at=clock.at)
    mine, other = Client(), Client()
    mine.enter(account, factor="totp")
    other.enter(account, factor="totp")
    assert mine.post("/tai-khoan/ung-dung-xac-thuc/bo").status_code == 302
    assert mine.get("/tai-khoan").status_code == 200 and other.get("/tai-khoan").status_code == 302


def test_no_page_of_the_staff_shows_or_sets_a_password() -> None:
    """T5: a “recovery officer” has nothing to read and nothing to type it into."""
    pages = [path for path in (ROOT / "ansinh/web/officer").rglob("*.html") if "password" in path.read_text("utf-8")]
    assert pages == []


def test_nothing_in_the_database_is_a_readable_credential(world: World, clock: Clock) -> None:
    """T5: passwords, secrets of apps and recovery codes of everybody who used them lie nowhere in clear."""
    client = Client()
    client.post("/dang-nhap", TYPED)
    secret = totp.begin_setup(world.citizen.account_id, at=clock.at)
    code = authenticator.code_of(secret, step=authenticator.step_of(clock.at))
    client.post("/tai-khoan/ung-dung-xac-thuc", {"code": code})
    made = re.findall(r"<code>([0-9a-z]{5}-[0-9a-z]{5})</code>", client.post("/tai-khoan/ma-du-phong").content.decode())
    secrets = [PASSWORD, secret.hex(), authenticator.written(secret).replace(" ", ""), *made]
    secrets += [one.replace("-", "") for one in made]
    everything = whole_database()
    assert len(made) == 10 and "Trần Thị Mai Lan" in everything
    assert [one for one in secrets if one in everything] == []


def whole_database() -> str:
    """Every row of every table as text, bytes in hexadecimal."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT "{table}"::text FROM "{table}"')
            rows += [str(row[0]) for row in cursor.fetchall()]
    return "\n".join(rows)

"""A list of five hundred workers, signed by the company and worked on at the desk: light pages, the right sum."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from ansinh.casework.accept import accept
from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.casework.propose import control, propose_grant
from ansinh.casework.sign import sign
from ansinh.catalogue.freeze import freeze_all
from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.sign import offer_document, submit_signed
from ansinh.dossiers.supplement import answer_fields, send
from ansinh.law.names import search_key
from ansinh.people.actors import Citizen
from ansinh.people.models import Organisation
from ansinh.registry.models import ContributionPeriod, InsuredPerson
from ansinh.signing import seal
from ansinh.signing.models import Format, Way
from ansinh.signing.offers.make import offered_bytes
from tests.browsers import Client
from tests.signing.applicants import signed_xml
from tests.signing.pki import Pki
from tests.web.officer.conftest import NOW
from tests.world import LOCAL_OFFICE, World
from tests.world_organisations import COMPANY, a_firm, acting_for

log = logging.getLogger(__name__)
WORKERS = 500
MOST_KILOBYTES = 120
AT = NOW - timedelta(hours=1)
ACCOUNT = {"bank": "970405", "number": "3900205999888", "holder": "CONG TY MAY DONG XANH"}


@pytest.fixture(autouse=True)
def fresh_key() -> Iterator[None]:
    """The seal of this test's own folder."""
    seal._key.cache_clear()
    yield
    seal._key.cache_clear()


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say how long it took (pytest -o log_cli=true --log-cli-level=INFO)."""
    begun, worked = time.perf_counter(), time.process_time()
    yield
    log.info("%s: %.2f s, processor %.2f s", what, time.perf_counter() - begun, time.process_time() - worked)


def a_list() -> list[dict[str, Any]]:
    """Right rows for everybody, each a leave of five days in October; row 7 is in no record."""
    people, periods = [], []
    rows: list[dict[str, Any]] = []
    for number in range(WORKERS):
        si_number, name = f"91{number:08d}", "Nguyễn Thị Hoa"
        if number != 6:
            people.append(
                InsuredPerson(
                    si_number=si_number, full_name=name, search_key=search_key(name), date_of_birth="1990-05-12",
                    sex="female", managing_office=LOCAL_OFFICE, updated_on=date(2026, 1, 1),
                )
            )  # fmt: skip
            periods.append(
                ContributionPeriod(
                    insured_id=si_number, from_month=date(2024, 1, 1), to_month=date(2026, 9, 1), fund="compulsory",
                    salary=9_600_000,
                )
            )  # fmt: skip
        rows.append(
            {
                "full_name": name, "si_number": si_number, "from_date": "2026-10-05", "to_date": "2026-10-09",
                "sick_case": "inpatient", "for_child": "no", "document_serial": f"RV-{number}",
                "diagnosis_code": "J18.9", "diagnosis": "Viêm phổi", "payment_method": "via_employer",
            }
        )  # fmt: skip
    InsuredPerson.objects.bulk_create(people)
    ContributionPeriod.objects.bulk_create(periods)
    return rows


def filed(rows: list[dict[str, Any]]) -> Dossier:
    """Prepared, signed with the company's certificate, and filed."""
    freeze_all(at=AT)
    pki = Pki()
    pki.put_on_the_list()
    firm = a_firm()
    chief = acting_for(firm.chief, firm.company, on=AT.date())
    draft = drafts.begin("che-do-om-dau", holder=Holder.of(chief), at=AT)
    answers = {
        "period": "2026-11",
        "batch_no": 1,
        "list_part": "new",
        "truth_commitment": True,
        "workers": rows,
        "employer_bank_account": ACCOUNT,
    }
    drafts.save(draft.pk, holder=Holder.of(chief), answers=answers, at=AT)
    with timed("document to sign (XML)"):
        offer = offer_document(draft.pk, actor=chief, document_format=Format.XML, at=AT)
    signer = pki.holder(uid=f"MST:{COMPANY}", name=firm.company.name)
    signed = signed_xml(offered_bytes(offer), signer, at=AT)
    with timed("filed"):
        done = submit_signed(
            draft_id=draft.pk, actor=chief, offer_id=offer.pk, signed=signed, way=Way.UPLOAD, device="Firefox",
            idempotency_key="one", channel="portal", at=AT + timedelta(minutes=5),
        )  # fmt: skip
    return Dossier.objects.get(pk=done.dossier_id)


def chief_of(dossier: Dossier) -> Citizen:
    """Who filed it, acting for the company."""
    account = dossier.account
    assert account is not None and account.person_id is not None
    person = Citizen(account_id=account.pk, person_id=account.person_id, name="")
    return acting_for(person, Organisation.objects.get(tax_code=COMPANY), on=AT.date())


def test_five_hundred_workers_from_signature_to_result(
    world: World, browser: Callable[[str], Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = a_list()
    dossier = filed(rows)
    accept(dossier.pk, actor=world["counter"], at=NOW)
    desk = browser("specialist")
    with timed("the specialist's page"), django_assert_max_num_queries(60):
        page = desk.get(f"/can-bo/ho-so/{dossier.pk}")
    text = page.content.decode()
    assert page.status_code == 200 and len(page.content) < MOST_KILOBYTES * 1024, len(page.content)
    assert "1 dòng cần xem" in text and "9100000006 không có trong sổ" in text and "1–50 trong 500" in text
    steps = desk.get(f"/can-bo/ho-so/{dossier.pk}?tinh=2&dong=60").content.decode()
    assert "Cách tính của dòng 60" in steps and "9.600.000 × 75% / 24 × 5" in steps and "51–100 trong 500" in steps

    asked = Ask("field", "workers", "answer-differs-from-registry", "Dòng 7 không có trong sổ.", "Bỏ dòng này.")
    ask_for_more(dossier.pk, actor=world["specialist"], asks=[asked], at=NOW)
    left = {"workers": rows[:6] + rows[7:]}
    assert answer_fields(dossier.pk, actor=chief_of(dossier), answers=left, at=NOW) == []
    send(dossier.pk, actor=chief_of(dossier), at=NOW)
    with timed("proposed"):
        propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=NOW)
    with timed("controlled"):
        control(dossier.pk, actor=world["head"], note="", at=NOW)
    with timed("signed, with its letter"):
        sign(dossier.pk, actor=world["leader"], at=NOW)
    dossier.refresh_from_db()
    assert dossier.state == "granted"
    assert dossier.decisions.get().amount == (WORKERS - 1) * 1_500_000
    letter = dossier.documents.get(kind="decision")
    assert letter.size < 2 * 1024 * 1024


def test_single_rows_of_a_long_list_are_pinned_page_by_page_without_script(
    world: World, browser: Callable[[str], Client]
) -> None:
    dossier = filed(a_list()[:130])
    accept(dossier.pk, actor=world["counter"], at=NOW)
    desk, here = browser("specialist"), f"/can-bo/ho-so/{dossier.pk}/bo-sung"
    page = desk.get(f"/can-bo/ho-so/{dossier.pk}?ds=2").content.decode()
    assert "?ghim=row%3Aworkers%5B60%5D" in page  # beside each row of the list
    first = desk.get(f"{here}?chon=1").content.decode()
    assert 'value="row:workers[0]"' in first and 'value="row:workers[50]"' not in first and "1–50 trong 130" in first
    third = desk.post(here, {"ghim": ["row:workers[17]"], "_rows": "workers:3"}).content.decode()
    assert "101–130 trong 130" in third and "Đã ghim 1 dòng ở trang khác." in third
    assert 'name="ghim" value="row:workers[17]" checked' in third  # above the page, to be let go there
    assert third.index('value="row:workers[17]"') < third.index('value="row:workers[100]"')
    found = desk.post(here, {"ghim": ["row:workers[17]"], "_find": "workers", "tim:workers": "RV-119"})
    assert found.status_code == 200 and "1–1 trong 1" in found.content.decode()
    assert 'value="row:workers[119]"' in found.content.decode()
    assert (
        "Mỗi lần ghim nhiều nhất 60 chỗ"
        in desk.post(here, {"ghim": [f"row:workers[{n}]" for n in range(61)]}).content.decode()
    )
    typed: dict[str, Any] = {"ghim": ["row:workers[17]", "row:workers[119]"]}
    for n in (17, 119):
        typed |= {
            f"reason:row:workers[{n}]": "answer-incomplete", f"wrong:row:workers[{n}]": "Số giấy ra viện sai.",
            f"good:row:workers[{n}]": "Như giấy ra viện.",
        }  # fmt: skip
    chosen = desk.post(f"{here}?chon=1", {"ghim": typed["ghim"]}).content.decode()
    assert 'name="wrong:row:workers[17]"' in chosen  # also from the page that was asked for by its own address
    read = desk.post(here, {**typed, "_preview": "1"}).content.decode()
    assert "RV-17" in read and "RV-119" in read and "RV-118" not in read
    assert desk.post(here, {**typed, "_send": "1"}).status_code == 302
    items = dossier.supplement_requests.get().items.order_by("target")
    assert [(one.target_kind, one.target) for one in items] == [("row", "workers[119]"), ("row", "workers[17]")]


def test_a_refusal_names_one_row_of_a_long_list_by_its_number(world: World, browser: Callable[[str], Client]) -> None:
    dossier = filed(a_list()[:130])
    accept(dossier.pk, actor=world["counter"], at=NOW)
    desk, here = browser("specialist"), f"/can-bo/ho-so/{dossier.pk}/tu-choi"
    page = desk.get(here).content.decode()
    assert "Dòng số của danh sách" in page and "row:workers[0]" not in page
    typed = {"reasons": ["condition-not-met"], "why:condition-not-met": "Người này không có trong sổ BHXH.",
             "pin:condition-not-met": "field:workers"}  # fmt: skip
    wrong = desk.post(here, {**typed, "row:condition-not-met": "131"})
    html = wrong.content.decode()
    assert wrong.status_code == 422 and 'value="131"' in html
    assert 'id="row:condition-not-met:error"' in html and "Danh sách có 130 dòng, không có dòng 131." in html
    other = desk.post(here, {**typed, "pin:condition-not-met": "field:period", "row:condition-not-met": "1"})
    assert other.status_code == 422 and "Chỗ đã chọn không phải là danh sách." in other.content.decode()
    assert desk.post(here, {**typed, "row:condition-not-met": "7"}).status_code == 302
    (reason,) = dossier.decisions.get().reasons
    assert "workers[6]" in str(reason)

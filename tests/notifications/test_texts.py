"""The words fit: one SMS part, both languages, no link, no personal data."""

from __future__ import annotations

import re
import string
from datetime import datetime

import pytest

from ansinh.notifications import gsm, texts
from ansinh.platform.errors import Invalid, NotFound
from ansinh.platform.vietnamese import ZONE

AT = datetime(2026, 11, 23, 20, 7, tzinfo=ZONE)
WITH_SMS = sorted(code for code, event in texts.events().items() if "sms" in event.channels)
_A_LINK = re.compile(r"https?:|www\.|\.vn\b|\.gov", re.IGNORECASE)


@pytest.mark.requirement("R-124")
@pytest.mark.parametrize("code", WITH_SMS)
def test_an_sms_fits_one_part_with_its_longest_facts(code: str) -> None:
    event = texts.event(code)
    longest = texts.worst_case(event)
    variants = [longest] + [longest | {"purpose": purpose} for purpose in texts.purposes() if "purpose" in longest]
    for facts in variants:
        sent = texts.sms(event, facts)
        assert gsm.is_gsm(sent), sent
        assert gsm.length(sent) <= gsm.SINGLE_GSM, f"{gsm.length(sent)}: {sent}"
        assert gsm.parts(sent) == [sent]


@pytest.mark.parametrize("code", sorted(texts.events()))
def test_nothing_said_holds_a_link_or_an_open_placeholder(code: str) -> None:
    event = texts.event(code)
    facts = texts.worst_case(event)
    said = [texts.sms(event, facts)] if event.sms else []
    for language in texts.LANGUAGES:
        mail = texts.mail(event, facts, number="00012/2026/00100", at=AT, language=language)
        said += [mail.subject, mail.body, texts.title(event, facts, language=language)]
    for text in said:
        assert text.strip()
        assert not _A_LINK.search(text), text
        assert "{" not in text, text


@pytest.mark.parametrize("code", sorted(texts.events()))
def test_both_languages_use_the_same_declared_facts(code: str) -> None:
    event = texts.event(code)
    for words in (event.title, event.body):
        used = {language: _placeholders(words[language]) for language in texts.LANGUAGES}
        assert used["vi"] == used["en"]
        assert used["vi"] <= set(event.facts)
    assert _placeholders(event.sms) <= set(event.facts)
    assert ("sms" in event.channels) == bool(event.sms)


@pytest.mark.requirement("R-071")
def test_the_registration_sms_carries_dossier_number_and_si_number() -> None:
    event = texts.event("registration_submitted")
    known = texts.sms(event, {"dossier_number": "00012/2026/00100", "si_number": "0123456789"})
    assert "00012/2026/00100" in known
    assert "0123456789" in known
    assert "chua co" in texts.sms(event, {"dossier_number": "00012/2026/00100"})


@pytest.mark.requirement("R-129")
@pytest.mark.parametrize(
    "code",
    [
        "dossier_submitted", "waiting_for_originals", "originals_received", "dossier_accepted", "appraisal_started",
        "awaiting_signature", "supplement_requested", "supplement_received", "due_date_changed", "apology",
        "handed_over", "result_ready", "refused", "withdrawn",
    ],
)  # fmt: skip
def test_every_change_of_a_dossier_has_a_notice(code: str) -> None:
    assert texts.event(code).notice


def test_dates_and_moments_stand_in_vietnamese_form() -> None:
    accepted = texts.event("dossier_accepted")
    assert "27/11/2026" in texts.sms(accepted, {"dossier_number": "1/2026/00100", "due": "2026-11-27"})
    changed = texts.event("password_changed")
    assert "20:07 23/11/2026" in texts.sms(changed, {"at": AT.isoformat()})


def test_a_fact_that_may_not_be_absent_is_asked_for() -> None:
    with pytest.raises(Invalid) as refused:
        texts.kept_facts(texts.event("supplement_requested"), {"dossier_number": "1/2026/00100"})
    assert refused.value.facts["fact"] == "items"
    assert "items" in str(refused.value)


def test_an_event_there_is_not_is_refused() -> None:
    with pytest.raises(NotFound):
        texts.event("birthday")


def test_the_mail_has_number_agency_and_time() -> None:
    event = texts.event("dossier_accepted")
    facts = {"dossier_number": "00012/2026/00100", "due": "2026-11-27", "office": "BHXH tỉnh Lâm Đồng"}
    mail = texts.mail(event, facts, number="00012/2026/00100", at=AT, language="vi")
    for expected in ("00012/2026/00100", "BHXH tỉnh Lâm Đồng", "20:07 23/11/2026", "Dear Sir or Madam"):
        assert expected in mail.body
    assert mail.body.index("Kính gửi") < mail.body.index("Dear")
    english = texts.mail(event, facts, number="00012/2026/00100", at=AT, language="en")
    assert english.subject == "Accepted, answer due 27/11/2026"
    assert english.body.index("Dear") < english.body.index("Kính gửi")


def test_long_texts_are_cut_as_networks_cut_them() -> None:
    assert [gsm.length(part) for part in gsm.parts("a" * 161)] == [153, 8]
    assert [gsm.length(part) for part in gsm.parts("ạ" * 71)] == [67, 4]
    assert gsm.parts("a" * 160) == ["a" * 160]
    euros = gsm.parts("€" * 100)
    assert [gsm.length(part) for part in euros] == [152, 48]
    mixed = "Hồ sơ " * 30
    assert "".join(gsm.parts(mixed)) == mixed
    assert all(gsm.length("ạ" + part) <= 68 for part in gsm.parts(mixed))


def test_vietnamese_without_diacritics_is_seven_bit() -> None:
    plain = gsm.without_diacritics("Đường Nguyễn Đình Chiểu, ăâêôơư ỷỹỵ 56.280.000\u00a0đ")
    assert plain == "Duong Nguyen Dinh Chieu, aaeoou yyy 56.280.000 d"
    assert gsm.is_gsm(plain)


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}

"""Numbers as people type them, on each side of being right."""

from collections.abc import Callable

import pytest

from ansinh.law.identifiers import (
    IdentifierError,
    mask_phone,
    parse_health_card,
    parse_old_id_card,
    parse_passport,
    parse_personal_id,
    parse_phone,
    parse_si_number,
    parse_tax_code,
    personal_id_facts,
    personal_id_warnings,
    show_phone,
)

ACCEPTED = [
    (parse_si_number, " 0123.456-789 ", "0123456789"),
    (parse_si_number, "０１２３４５６７８９", "0123456789"),
    (parse_personal_id, "001 090 000 001", "001090000001"),
    (parse_old_id_card, "012345678", "012345678"),
    (parse_passport, "c1234567", "C1234567"),
    (parse_passport, "P12345678", "P12345678"),
    (parse_phone, "0912 345 278", "84912345278"),
    (parse_phone, "+84 912.345.278", "84912345278"),
    (parse_phone, "84912345278", "84912345278"),
    (parse_phone, "0084-912345278", "84912345278"),
    (parse_phone, "(+84) 0912345278", "84912345278"),
    (parse_health_card, "dn4 01 0123456789", "DN4010123456789"),
    (parse_health_card, "DN401012345678901013", "DN4010123456789"),
    (parse_health_card, "TE1010123456789", "TE1010123456789"),
    (parse_tax_code, "0100233488", "0100233488"),
    (parse_tax_code, "0314409058-002", "0314409058-002"),
    (parse_tax_code, "0314409058002", "0314409058-002"),
    (parse_tax_code, "0100112437", "0100112437"),
    (parse_tax_code, "001090000001", "001090000001"),
]
REFUSED = [
    (parse_si_number, "", "si-number-missing"),
    (parse_si_number, "012345678", "si-number-length"),
    (parse_si_number, "01234567890", "si-number-length"),
    (parse_si_number, "012345678O", "si-number-not-digits"),
    (parse_si_number, "٠١٢٣٤٥٦٧٨٩", "si-number-not-digits"),
    (parse_si_number, "0000000000", "si-number-zero"),
    (parse_personal_id, "00109000000", "personal-id-length"),
    (parse_old_id_card, "0123456789", "old-id-card-length"),
    (parse_passport, "1234567", "passport-form"),
    (parse_passport, "C12345", "passport-form"),
    (parse_phone, "024 3825 1234", "phone-form"),
    (parse_phone, "0123456789", "phone-form"),
    (parse_phone, "091234527", "phone-form"),
    (parse_phone, "09123452789", "phone-form"),
    (parse_phone, "+1 912 345 2781", "phone-form"),
    (parse_health_card, "0123456789", "health-card-form"),
    (parse_health_card, "DN6010123456789", "health-card-form"),
    (parse_health_card, "DN40101234567890", "health-card-form"),
    (parse_tax_code, "0100233480", "tax-code-check-digit"),
    (parse_tax_code, "0314409058-000", "tax-code-branch"),
    (parse_tax_code, "01002334", "tax-code-form"),
]


@pytest.mark.parametrize(("parse", "text", "expected"), ACCEPTED)
def test_a_number_is_read_however_it_is_typed(parse: Callable[[str], str], text: str, expected: str) -> None:
    assert parse(text) == expected
    assert parse(parse(text)) == expected


@pytest.mark.parametrize(("parse", "text", "code"), REFUSED)
def test_a_wrong_number_is_refused_with_advice(parse: Callable[[str], str], text: str, code: str) -> None:
    with pytest.raises(IdentifierError) as refusal:
        parse(text)
    assert refusal.value.code == code
    assert str(refusal.value).endswith(".")


def test_every_single_wrong_digit_of_a_tax_code_is_found() -> None:
    for place in range(10):
        for digit in "0123456789":
            code = "0100233488"[:place] + digit + "0100233488"[place + 1 :]
            if code != "0100233488":
                with pytest.raises(IdentifierError):
                    parse_tax_code(code)


def test_a_phone_is_shown_and_masked() -> None:
    assert show_phone("84912345278") == "0912 345 278"
    assert mask_phone("84912345278") == "09•• ••• 278"


@pytest.mark.parametrize(
    ("number", "sex", "year"),
    [
        ("001090000001", "male", 1990),
        ("001190000001", "female", 1990),
        ("001205000001", "male", 2005),
        ("096305000001", "female", 2005),
        ("001999000001", "female", 2399),
    ],
)
def test_a_personal_number_tells_sex_and_year(number: str, sex: str, year: int) -> None:
    facts = personal_id_facts(number)
    assert (facts.sex, facts.birth_year, facts.birthplace_code) == (sex, year, number[:3])


def test_disagreement_with_the_personal_number_is_a_warning() -> None:
    assert personal_id_warnings("001090000001", sex="male", birth_year=1990) == ()
    assert personal_id_warnings("001090000001", sex=None, birth_year=None) == ()
    codes = [w.code for w in personal_id_warnings("001090000001", sex="female", birth_year=1991)]
    assert codes == ["personal-id-sex", "personal-id-birth-year"]

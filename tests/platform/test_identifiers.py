"""Identifiers sort as they were made."""

from ansinh.platform.identifiers import uuid7


def test_identifiers_of_one_process_sort_in_the_order_they_were_made() -> None:
    made = [uuid7() for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_an_identifier_is_version_seven_of_the_rfc_variant() -> None:
    assert uuid7().version == 7
    assert uuid7().variant == "specified in RFC 4122"

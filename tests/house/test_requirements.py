"""The link between requirements and tests holds."""

from tests.runner.requirements import proven, stated, unknown


def test_no_test_carries_a_number_that_does_not_exist() -> None:
    assert unknown() == {}


def test_the_requirements_are_numbered_without_a_gap() -> None:
    assert list(stated()) == [f"R-{number:03d}" for number in range(1, 195)]


def test_some_requirements_are_proven() -> None:
    assert proven()

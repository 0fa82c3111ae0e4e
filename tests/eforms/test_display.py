"""Answers in words, in the language of the reader."""

import pytest

from ansinh.eforms.definition import Field
from ansinh.eforms.display import show_value


@pytest.mark.parametrize(("language", "shown"), [("vi", "1.226 tháng"), ("en", "1.226 months")])
def test_a_number_carries_its_unit_in_the_language_of_the_reader(language: str, shown: str) -> None:
    months = Field("months", "int", "Số tháng", "Months", unit_vi="tháng", unit_en="months")
    assert show_value(months, 1226, language=language) == shown

"""Addresses typed by hand at the desk: a page that a letter does not have is not found."""

from __future__ import annotations

import pytest

from ansinh.casework.letter_pages import letter_page, letter_pages
from ansinh.platform.errors import NotFound
from tests.files import samples


@pytest.mark.parametrize("page", [0, 99_999, 10**30])
def test_a_page_that_a_letter_does_not_have_is_not_found(page: int) -> None:
    letter = samples.pdf()
    assert letter_pages(letter) == 1
    with pytest.raises(NotFound):
        letter_page(letter, page=page)

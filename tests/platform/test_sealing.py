"""What is sealed opens in its own place only."""

from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealing import derived_key, seal, unseal

PURPOSE = "platform.test"


def test_a_sealed_text_opens_again_and_is_never_the_same_twice() -> None:
    row = uuid7()
    first, second = (seal("Mã xác nhận 482910", row=row, purpose=PURPOSE) for _ in range(2))
    assert first != second
    assert b"482910" not in first
    assert unseal(first, row=row, purpose=PURPOSE) == unseal(second, row=row, purpose=PURPOSE) == "Mã xác nhận 482910"


def test_it_opens_for_no_other_row_purpose_or_installation(settings: Any) -> None:
    row = uuid7()
    sealed = seal("482910", row=row, purpose=PURPOSE)
    with pytest.raises(InvalidTag):
        unseal(sealed, row=uuid7(), purpose=PURPOSE)
    with pytest.raises(InvalidTag):
        unseal(sealed, row=row, purpose="platform.other")
    with pytest.raises(InvalidTag):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), row=row, purpose=PURPOSE)
    settings.SECRET_KEY = "another installation"
    with pytest.raises(InvalidTag):
        unseal(sealed, row=row, purpose=PURPOSE)


def test_each_purpose_has_its_own_key() -> None:
    assert len({derived_key("one"), derived_key("two"), derived_key("one")}) == 2
    assert len(derived_key("one")) == 32

"""Every sentence about files and signatures exists in English, with the same placeholders."""

import string

import pytest

from ansinh.files.refusals import SENTENCES as REFUSALS
from ansinh.platform.language import catalogue
from ansinh.platform.xml import SENTENCES as OF_XML
from ansinh.signing.faults import FAULTS

FINDINGS = [sentence for fault in FAULTS.values() for sentence in (fault.happened, fault.advice)]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("sentence", [*REFUSALS.values(), *OF_XML.values(), *FINDINGS])
def test_a_sentence_has_its_english(sentence: str) -> None:
    (english,) = catalogue("en")[sentence]
    assert placeholders(english) == placeholders(sentence)

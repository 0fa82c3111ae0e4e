"""Whoever reads English reads all of it in English."""

import re
from collections import defaultdict

from ansinh.platform.language import catalogue
from tests.house.sentences import NOT_SHOWN, of_python, of_templates
from tests.house.source import ROOT

_FACT = re.compile(r"{(\w+)")
_ALSO_GIVEN = {"number"}
"""The lunar month comes as a word and as a number: English uses the number."""


def test_every_sentence_has_its_english() -> None:
    known, missing = catalogue("en"), defaultdict(list)
    sentences = [*of_templates(), *of_python()]
    assert len(sentences) > 1000
    for place, text in sentences:
        if text not in known:
            missing[place].append(text)
    assert dict(missing) == {}


def test_every_translation_keeps_the_facts_of_its_sentence() -> None:
    wrong = [
        text
        for text, forms in catalogue("en").items()
        for form in forms
        if set(_FACT.findall(form)) - set(_FACT.findall(text)) - _ALSO_GIVEN
    ]
    assert wrong == []


def test_no_exception_outlives_its_file() -> None:
    assert [name for name in NOT_SHOWN if not (ROOT / name).is_file()] == []

"""Every Vietnamese text of the public pages has an English twin that uses no other facts."""

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir, extract_from_file

from ansinh.platform.language import catalogue
from ansinh.web.public import condition_words, holidays, words

PUBLIC = Path(__file__).resolve().parents[3] / "ansinh" / "web" / "public"


def texts() -> set[str]:
    found: set[str] = set()
    for _, _, message, _, _ in extract_from_dir(
        PUBLIC,
        method_map=[("*.html", "jinja2.ext:babel_extract")],
        keywords={"_": None},
        directory_filter=lambda folder: "account" not in str(folder),
    ):
        found.add(str(message))
    for module in PUBLIC.glob("*.py"):
        found |= {str(row[1]) for row in extract_from_file("python", module, keywords={"translate": None})}
    tables = {text for table in words.TABLES for text in table.values()}
    return found | tables | {words.UNCHECKED, *holidays.NAMES, *condition_words.COMPARISONS.values()}


def test_english_is_complete() -> None:
    assert len(texts()) > 250
    assert sorted(texts() - set(catalogue("en"))) == []


def test_english_uses_only_facts_that_vietnamese_gives() -> None:
    for text in texts():
        given = set(re.findall(r"{(\w+)}", text))
        for wording in catalogue("en").get(text, ()):
            assert set(re.findall(r"{(\w+)}", wording)) <= given, text

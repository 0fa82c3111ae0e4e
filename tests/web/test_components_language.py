"""Every Vietnamese text of the look has an English twin with the same placeholders."""

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir, extract_from_file

from ansinh.platform.language import catalogue

WEB = Path(__file__).resolve().parents[2] / "ansinh" / "web"
MODULES = ("formats.py", "page.py", "middleware.py", "environment.py", "ledger.py", "display.py")


def texts() -> set[str]:
    templates = extract_from_dir(
        WEB / "components", method_map=[("**.html", "jinja2.ext:babel_extract")], keywords={"_": None}
    )
    found = {str(message) for _, _, message, _, _ in templates}
    for module in MODULES:
        found |= {str(row[1]) for row in extract_from_file("python", WEB / module, keywords={"translate": None})}
    weekdays = {"thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"}
    return found | weekdays | {f"tháng {number}" for number in range(1, 13)}


def test_english_is_complete() -> None:
    assert len(texts()) > 100
    assert sorted(texts() - set(catalogue("en"))) == []


def test_english_uses_only_facts_that_vietnamese_gives() -> None:
    own = {"lunar": {"number"}}
    for text in texts():
        given = set(re.findall(r"{(\w+)}", text)) | (own["lunar"] if "âm lịch" in text else set())
        for wording in catalogue("en").get(text, ()):
            assert set(re.findall(r"{(\w+)}", wording)) <= given, text

"""Vietnamese is the source; English comes from the catalogues."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from ansinh.platform import language

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Nộp hồ sơ"
msgstr "Submit"

msgid "Còn {n} ngày"
msgid_plural "Còn {n} ngày"
msgstr[0] "{n} day left"
msgstr[1] "{n} days left"

msgid "Chưa dịch"
msgstr ""
"""


@pytest.fixture(autouse=True)
def _catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "one.po").write_text(PO, encoding="utf-8")
    monkeypatch.setattr(language, "LOCALE_FOLDER", tmp_path)
    language.catalogue.cache_clear()
    yield
    language.catalogue.cache_clear()


def test_without_a_choice_the_text_is_vietnamese() -> None:
    assert language.translate("Còn {n} ngày", n=3) == "Còn 3 ngày"


def test_english_counts_one_and_many() -> None:
    with language.use("en"):
        assert language.translate("Nộp hồ sơ") == "Submit"
        assert language.translate("Còn {n} ngày", n=1) == "1 day left"
        assert language.translate("Còn {n} ngày", n=3) == "3 days left"
    assert language.current() == "vi"


def test_what_has_no_english_stays_vietnamese() -> None:
    with language.use("en"):
        assert language.translate("Chưa dịch") == "Chưa dịch"
        assert language.translate("Chưa hề có") == "Chưa hề có"


def test_a_text_with_two_languages_is_picked_from_objects_and_mappings() -> None:
    thing = SimpleNamespace(label_vi="Họ tên", label_en="Full name")
    half = {"label_vi": "Họ tên", "label_en": ""}
    with language.use("en"):
        assert language.pick(thing, "label") == "Full name"
        assert language.pick(half, "label") == "Họ tên"
    assert language.pick(thing, "label") == "Họ tên"
    assert language.pick({}, "label") == ""


def test_a_language_we_do_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"), language.use("fr"):
        pass

"""Languages of the pages. Vietnamese is the source text; every other language is a folder of .po files."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

SOURCE = "vi"
LANGUAGES = ("vi", "en")
LOCALE_FOLDER = Path(__file__).resolve().parents[1] / "locale"

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def current() -> str:
    """The language now in use: "vi" or "en"."""
    return _language.get()


@contextmanager
def use(language: str) -> Iterator[None]:
    """Speak `language` inside the block; a language we do not have is an error of the program."""
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def translate(text: str, /, **facts: Any) -> str:
    """`text` (Vietnamese msgid) in the current language, its {placeholders} filled from `facts`.

    An entry with two msgstr forms takes the first when the fact `n` is 1. Without an entry the
    Vietnamese text stands. A translation never sees markup: values are escaped by the template.
    """
    wanted = _wording(text, facts)
    return wanted.format(**facts) if facts else wanted


def pick(thing: Any, name: str) -> str:
    """The text `name` of `thing` (attribute or key `name_vi`, `name_en`); Vietnamese where English is empty."""
    for language in (current(), SOURCE):
        key = f"{name}_{language}"
        value = thing.get(key) if isinstance(thing, Mapping) else getattr(thing, key, None)
        if value:
            return str(value)
    return ""


def _wording(text: str, facts: Mapping[str, Any]) -> str:
    language = current()
    if language == SOURCE:
        return text
    forms = catalogue(language).get(text)
    if not forms:
        return text
    return forms[0] if len(forms) == 1 or facts.get("n") == 1 else forms[1]


@cache
def catalogue(language: str) -> Mapping[str, tuple[str, ...]]:
    """Every msgid of `language` with its wording (two forms where it counts something)."""
    entries: dict[str, tuple[str, ...]] = {}
    for path in sorted((LOCALE_FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            messages = read_po(file, locale=language, abort_invalid=True)
        for message in messages:
            forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
            if key and all(forms) and not message.fuzzy:
                entries[str(key)] = tuple(str(form) for form in forms)
    return entries

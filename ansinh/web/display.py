"""How the reader wants pages: language and size of letters. Set by the middleware, read by the layouts."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from ansinh.platform.language import SOURCE

LANGUAGE_PARAMETER, LANGUAGE_COOKIE = "lang", "ngon_ngu"
LETTERS_PARAMETER, LETTERS_COOKIE = "chu", "chu"
PROVINCE_COOKIE = "tinh"
BIG, NORMAL = "to", "thuong"


@dataclass(frozen=True)
class Display:
    """Language, letters, and the query of the present address, which the switching links keep."""

    language: str = SOURCE
    big: bool = False
    query: str = ""
    province: str = ""
    """Code of the province whose page was looked at last."""

    def switch(self, parameter: str, value: str) -> str:
        """The present address with one preference changed, as a relative link: `?q=x&chu=to`."""
        return "?" + urlencode([*kept(self.query), (parameter, value)])

    @property
    def other_letters(self) -> str:
        """Link to the other size of letters."""
        return self.switch(LETTERS_PARAMETER, NORMAL if self.big else BIG)

    @property
    def other_language(self) -> str:
        """Link to the page in the other language."""
        return self.switch(LANGUAGE_PARAMETER, "vi" if self.language == "en" else "en")


def kept(query: str) -> list[tuple[str, str]]:
    """The query without the preferences themselves."""
    preferences = {LANGUAGE_PARAMETER, LETTERS_PARAMETER}
    return [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in preferences]


PLAIN = Display()
_display: ContextVar[Display] = ContextVar("display")


def current() -> Display:
    """The preferences of the reader of this page; plain Vietnamese outside a request."""
    return _display.get(PLAIN)


@contextmanager
def show(display: Display) -> Iterator[None]:
    """Render with these preferences inside the block."""
    token = _display.set(display)
    try:
        yield
    finally:
        _display.reset(token)

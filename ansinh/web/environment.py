"""The Jinja2 environment of all pages, named in the settings as `ansinh.web.environment.environment`."""

import sys
from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
)
from markupsafe import Markup, escape

from ansinh.platform import vietnamese
from ansinh.platform.language import pick, translate
from ansinh.web import display, formats
from ansinh.web.addresses import address

WEB = Path(__file__).resolve().parent


def environment(**options: Any) -> Environment:
    """Make the environment; `options` come from the settings. Names that are not given fail aloud."""
    given: BaseLoader | None = options.pop("loader", None)
    own = FileSystemLoader([WEB, WEB / "components"])
    options |= {
        "loader": ChoiceLoader([own, given]) if given else own,
        "bytecode_cache": _compiled(),
        "undefined": StrictUndefined,
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    made = Environment(**options)  # noqa: S701 - autoescape is in the options
    made.globals |= {
        "_": translate,
        "pick": pick,
        "static": static,
        "url": address,
        "icon": icon,
        "display": display.current,
        "date_parts": formats.date_parts,
    }
    made.filters |= {
        "money": vietnamese.money,
        "number": vietnamese.number,
        "date": vietnamese.date_vi,
        "datetime": vietnamese.datetime_vi,
        "size": vietnamese.size_vi,
        "clock": formats.clock,
        "weekday": formats.weekday,
        "first_upper": formats.first_upper,
        "month_year": formats.month_year,
        "lunar_day": formats.lunar_day,
        "mask_phone": formats.mask_phone,
        "groups4": formats.groups4,
        "dong": formats.dong,
        "doubts": formats.doubts,
        "figure_value": formats.figure_value,
    }
    return made


def _compiled() -> BytecodeCache | None:
    """Where Python was told to keep compiled modules (PYTHONPYCACHEPREFIX), compiled templates lie beside them."""
    if not sys.pycache_prefix:
        return None
    folder = Path(sys.pycache_prefix) / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def icon(name: str, *, end: bool = False) -> Markup:
    """A stroke of the sprite, always beside its word, so it is hidden from screen readers."""
    return _drawn(name, "i end" if end else "i", static("icons.svg"))


@cache
def _drawn(name: str, kind: str, sprite: str) -> Markup:
    """There are few strokes, and a page shows some of them on every line."""
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(kind, escape(sprite), name)

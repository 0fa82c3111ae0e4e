"""What an officer chose to see on the desk: read from the address, or from a list kept under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from ansinh.casework import queues
from ansinh.casework.filters import COLUMNS, DUE, OPEN_STATES, SORTS, Filter, Look
from ansinh.casework.models import SavedList
from ansinh.platform.language import translate
from ansinh.web.page import Option

NAMES = {"procedure": "thu-tuc", "state": "trang-thai", "due": "han", "urgent": "khan", "supplemented": "bo-sung"}
"""Part of the filter → its name in the address."""
VIEW, SORT, COLUMN, START = "viec", "xep", "cot", "tu"


@dataclass(frozen=True)
class Chosen:
    """A view or saved list by `key`, with what narrows it and how it is shown."""

    key: str
    filter: Filter
    look: Look
    saved: SavedList | None = None

    @property
    def view(self) -> str:
        """The view behind it."""
        return self.filter.view or queues.VIEWS[0].key

    def parameters(self, *, start: int = 0) -> list[tuple[str, str]]:
        """Names and values of the address that shows this again."""
        found = [(VIEW, self.key)]
        if self.saved is None:
            kept = self.filter.kept()
            found += [
                (name, "1" if kept[part] is True else str(kept[part])) for part, name in NAMES.items() if part in kept
            ]
            found += [(SORT, self.look.sort)] if self.look.sort else []
            if self.look != Look(sort=self.look.sort):
                found += [(COLUMN, one) for one in self.look.columns]
        return found + ([(START, str(start))] if start else [])

    def query(self, *, start: int = 0) -> str:
        """The same, encoded."""
        return urlencode(self.parameters(start=start))

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the view was chosen, so that its count is not known beforehand."""
        return self.saved is None and bool(set(self.filter.kept()) - {"view"})


def chosen_of(typed: QueryDict, saved: Sequence[SavedList]) -> Chosen:
    """From an address, or from the hidden fields of a form."""
    key = typed.get(VIEW, "")
    kept = next((one for one in saved if str(one.pk) == key), None)
    if kept is not None:
        return Chosen(key, Filter.of(kept.filters), Look.of(kept.columns, kept.sort), kept)
    view = key if key in {one.key for one in queues.VIEWS} else queues.VIEWS[0].key
    parts = {part: typed.get(name, "") for part, name in NAMES.items()}
    return Chosen(view, Filter.of({"view": view, **parts}), Look.of(typed.getlist(COLUMN), typed.get(SORT, "")))


def choices() -> dict[str, list[Option]]:
    """What can be chosen, for the form above the list."""
    return {
        "states": [Option(state.value, translate(state.label)) for state in OPEN_STATES],
        "due": [Option(key, translate(words)) for key, words in DUE.items()],
        "sorts": [Option(key, translate(words)) for key, words in SORTS.items()],
        "columns": [Option(key, translate(words)) for key, words in COLUMNS.items()],
    }

"""What somebody had typed when a page asked for proof: carried along in the page, and sent on afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest

FIELD = "_kept"
MOST = 500_000
_OURS = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Kept:
    """Names and values of a form in their order; `files` could not be kept and must be chosen again."""

    pairs: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> Kept:
        """The form of this request."""
        pairs = tuple(
            (name, value) for name, values in request.POST.lists() if name != _OURS for value in map(str, values)
        )
        return cls(pairs, tuple(file.name or "" for _, files in request.FILES.lists() for file in files))

    @classmethod
    def carried(cls, text: str) -> Kept | None:
        """What `packed` made of it; None when there is nothing, or nothing of ours."""
        if not text or len(text) > MOST:
            return None
        try:
            found = json.loads(text)
            return cls(
                tuple((str(name), str(value)) for name, value in found["pairs"]), tuple(map(str, found["files"]))
            )
        except (ValueError, KeyError, TypeError):
            return None

    def packed(self) -> str:
        """As one hidden field."""
        return json.dumps({"pairs": self.pairs, "files": self.files}, ensure_ascii=False)

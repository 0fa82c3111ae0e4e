"""Addresses of pages by name. Routes do not change while a process runs, so each is looked up once."""

from __future__ import annotations

from functools import cache
from typing import Any, Final
from uuid import UUID

from django.urls import get_script_prefix, reverse

_ANY: Final = UUID(int=0)


def address(name: str, **parts: Any) -> str:
    """The address of the page called `name`; raises NoReverseMatch where there is none."""
    if not parts:
        return _plain(name, get_script_prefix())
    if len(parts) == 1:
        [(part, value)] = parts.items()
        if isinstance(value, UUID):
            before, after = _around(name, part, get_script_prefix())
            return f"{before}{value}{after}"
    return reverse(name, kwargs=parts)


@cache
def _plain(name: str, prefix: str) -> str:
    return reverse(name)


@cache
def _around(name: str, part: str, prefix: str) -> tuple[str, str]:
    """What stands before and after an identifier."""
    before, _, after = reverse(name, kwargs={part: _ANY}).partition(str(_ANY))
    return before, after

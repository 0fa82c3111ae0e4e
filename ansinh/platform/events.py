"""Call down, publish up: what happened below is told above, in the same transaction."""

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from django.conf import settings

from ansinh.platform.row_security.viewer import as_the_house

Event = TypeVar("Event")

_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def listen(kind: type[Event]) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Mark a function of `reactions.py` as the answer to events of exactly this class."""

    def register(listener: Callable[[Event], None]) -> Callable[[Event], None]:
        _listeners[kind].append(listener)
        return listener

    return register


def publish(event: object) -> None:
    """Call every listener now, in the order of `reactions.py`; an error of one undoes the whole action.

    What follows is the house's own work: a listener tells people and moves clocks whom the actor may not even see.
    """
    _load_reactions()
    with as_the_house():
        for listener in _listeners[type(event)]:
            listener(event)


def listeners_of(kind: type[Any]) -> tuple[Callable[[Any], None], ...]:
    """Who answers to events of this class."""
    _load_reactions()
    return tuple(_listeners[kind])


@cache
def _load_reactions() -> None:
    import_module(settings.REACTIONS_MODULE)

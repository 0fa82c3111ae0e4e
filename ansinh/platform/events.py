"""Publish up: a low context says what happened, `ansinh.reactions` says what follows, in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")

_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def when(kind: type[Event]) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Decorator: call the function for every published event of this type."""

    def register(listener: Callable[[Event], None]) -> Callable[[Event], None]:
        if listener not in _listeners[kind]:
            _listeners[kind].append(listener)
        return listener

    return register


def publish(event: object) -> None:
    """Tell all listeners, at once and in the caller's transaction; a listener that fails undoes the action."""
    for listener in _listeners[type(event)]:
        listener(event)

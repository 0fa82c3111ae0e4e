"""Do an act and undo it: the refusal it would give is told before anybody is asked to confirm."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction


def rehearse(act: Callable[[], object]) -> None:
    """Run the act in a transaction that is thrown away. Raises what the act raises."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)

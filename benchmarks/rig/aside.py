"""Histories that no action can write: guards of dossiers and orders stand aside while counts are put to the proof."""

from __future__ import annotations

from typing import Final

from django.db import connection

GUARDS: Final = {
    "dossiers_dossier": (
        "casework_hold_filed", "casework_hold_moved", "dossiers_no_reason_no_return", "casework_no_reason_no_refusal",
        "casework_no_ground_no_reopening", "casework_new_round_ends",
    ),
    "dossiers_supplementrequest": (
        "dossiers_rounds", "dossiers_items_with_request", "dossiers_supplementrequest_fixed",
    ),
    "dossiers_supplementitem": ("dossiers_supplementitem_fixed",),
    "payments_order": ("payments_order_released",),
    "casework_decision": ("casework_reasons_proposed", "casework_reasons_changed"),
}  # fmt: skip
"""Table → its triggers that write the ledger of holders, or refuse what a page never does."""


def put_guards_aside() -> None:
    """As the owner of the tables; whoever else writes meanwhile is not held either."""
    _each("DISABLE")


def put_guards_back() -> None:
    """They hold again from here on; what was written meanwhile stays as it is."""
    _each("ENABLE")


def _each(what: str) -> None:
    with connection.cursor() as cursor:
        for table, triggers in GUARDS.items():
            for trigger in triggers:
                cursor.execute(f"ALTER TABLE {table} {what} TRIGGER {trigger}")

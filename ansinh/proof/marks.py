"""Where the sealer begins to look: ids are given before the commit, so late events appear below newer ones.

An event that was invisible when the highest sealed id was H, and has an id up to H, belongs to a transaction that ran
then. Once every transaction of that time has ended, nothing up to H can appear any more: the floor rises to H. The
numbers come from PostgreSQL's snapshots (the oldest running, the next to be given). They may begin anew when a dump is
restored into another server; sequences do not, so the floor stays right and only waits for the new count to pass.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import connection


@dataclass(frozen=True)
class Marks:
    """The position between two runs; event ids and transaction numbers."""

    highest: int = 0
    floor: int = 0
    next_floor: int = 0
    settles_at: int = 0
    lowest_running: int = 0

    def after(self, run: Run) -> Marks:
        """Where to begin after a run that read every visible event above the floor (or, if cut short, the lowest)."""
        top = max(self.highest, run.highest)
        counted_anew = run.lowest_running < self.lowest_running
        if not counted_anew and run.lowest_running < self.settles_at:
            return replace(self, highest=top, lowest_running=run.lowest_running)
        reached = self.floor if counted_anew else self.next_floor
        return Marks(
            highest=top,
            floor=max(self.floor, min(reached, run.highest)) if run.cut_short else reached,
            next_floor=top,
            settles_at=run.next_number,
            lowest_running=run.lowest_running,
        )


@dataclass(frozen=True)
class Run:
    """What one run saw: `lowest_running` was asked before it read anything, `next_number` after."""

    highest: int
    cut_short: bool
    lowest_running: int
    next_number: int


def lowest_running() -> int:
    """The number of the oldest transaction still running: all below have ended and, if committed, are visible."""
    return _number("xmin")


def next_number() -> int:
    """The number the next transaction would get."""
    return _number("xmax")


def _number(end: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_snapshot_{end}(pg_current_snapshot())::text::bigint")
        number: int = cursor.fetchone()[0]
    return number

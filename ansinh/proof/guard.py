"""Fail closed: without a sealed log officers decide nothing more; people can still file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection

from ansinh.platform.errors import Conflict

_WAITING = """
WITH last AS (SELECT highest_event, floor_event, "at" FROM proof_checkpoint ORDER BY size DESC LIMIT 1)
SELECT now() - min(waits."at") FROM (
    SELECT event."at" FROM platform_auditevent event
    WHERE event.id > coalesce(
        (SELECT CASE WHEN "at" > now() - make_interval(secs => %s) THEN highest_event ELSE floor_event END FROM last), 0
    )
    AND (SELECT leaf.event FROM proof_leaf leaf WHERE leaf.event = event.id) IS NULL
    ORDER BY event.id LIMIT 100
) waits
"""
# Both moments are the database's own: an event is dated by its clock, so it is also aged by it. Every page of the desk
# asks, so events are looked up one by one from where sealing stands: as NOT EXISTS it was planned as a join of the
# whole log (3 s at 1.2 million leaves). The oldest stand first, but for transactions side by side: hence a hundred.
# Below the highest sealed event only those can wait that were committed after the last checkpoint: they wait no longer
# than it is old, and are looked for (up from the floor, which may lie far behind) only when that is long.


@dataclass(frozen=True)
class Waiting:
    """How long the oldest event waits to be sealed, and how long one may."""

    longest: timedelta
    limit: timedelta

    @property
    def too_long(self) -> bool:
        """Decisions stop."""
        return self.longest > self.limit

    @property
    def near(self) -> bool:
        """Half of the time is over: somebody should look."""
        return self.longest > self.limit / 2

    @property
    def limit_hours(self) -> int:
        """The limit in whole hours."""
        return int(self.limit.total_seconds() // 3600)

    @property
    def minutes_left(self) -> int:
        """Until decisions stop; 0 when they have stopped."""
        return max(0, int((self.limit - self.longest).total_seconds() // 60))


def waiting() -> Waiting:
    """How far the log is behind, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [settings.PROOF_UNSEALED_LIMIT.total_seconds() / 2])
        longest = cursor.fetchone()[0]
    return Waiting(longest or timedelta(0), settings.PROOF_UNSEALED_LIMIT)


def refuse_when_unsealed() -> None:
    """Raise Conflict when something has waited longer than PROOF_UNSEALED_LIMIT to be sealed."""
    found = waiting()
    if found.too_long:
        raise Conflict(
            "log-not-sealed",
            "Nhật ký chưa được niêm phong {hours} giờ nên tạm dừng mọi quyết định. Xin báo người quản trị; "
            "hồ sơ mới vẫn được nhận.",
            hours=int(found.longest.total_seconds() // 3600),
        )

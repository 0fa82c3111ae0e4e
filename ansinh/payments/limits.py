"""The largest sum one release lets go: from the dated rules into the table that the database's own guard reads."""

from __future__ import annotations

from datetime import date

from ansinh.payments.models import ReleaseLimit
from ansinh.payments.rules import second_release
from ansinh.platform.row_security.viewer import as_the_house


@as_the_house()
def release_limit(*, on: date) -> int:
    """In đồng, of a day. The rule of that day is put into the table the first time it is asked for."""
    since, above = second_release(on=on)
    kept, _ = ReleaseLimit.objects.get_or_create(valid_from=since, defaults={"above": above})
    return int(kept.above)

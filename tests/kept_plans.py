"""What PostgreSQL has planned for one test stays planned for the next.

At a rollback psycopg forgets all prepared statements, for a table made in that transaction is gone; and every test ends
with one. So whatever a test asks was planned anew, which through the walls costs more than to answer it. Here only what
changes a table makes a connection forget. A statement about a table that was rolled back gets an error of PostgreSQL,
which looks at the names again, never an old answer.
"""

import re
from collections.abc import Sequence

from psycopg._preparing import Prepare, PrepareManager
from psycopg.pq.abc import PGresult

_CHANGES_TABLES = re.compile(rb"(DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b")
_forget = PrepareManager.clear


def keep() -> None:
    """Let every connection of this process keep what it has prepared, up to a thousand statements."""
    PrepareManager.prepared_max = 1_000
    PrepareManager.clear = _not_at_a_rollback  # type: ignore[method-assign]
    PrepareManager._should_discard = _after_a_change  # type: ignore[method-assign, assignment]


def _not_at_a_rollback(self: PrepareManager) -> bool:
    return False


def _after_a_change(self: PrepareManager, prep: Prepare, results: Sequence[PGresult]) -> bool:
    changed = any(_CHANGES_TABLES.match(result.command_status or b"") for result in results)
    return _forget(self) if changed else False

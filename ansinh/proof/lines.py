"""The one spelling of an audit event: canonical JSON (sorted keys, no blanks), made by the database itself."""

from collections.abc import Iterator
from typing import Final

from django.db import connection

LINE: Final = """'{"actor":' || to_json(event.actor::text)::text
|| ',"at":"' || to_char(event."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
|| '","event":' || event.id
|| ',"from":' || coalesce(to_json(event.from_state::text)::text, 'null')
|| ',"proof":' || to_json(event.proof::text)::text
|| ',"row":"' || event.row_id
|| '","table":' || to_json(event."table"::text)::text
|| ',"to":' || to_json(event.to_state::text)::text
|| ',"transaction":' || event."transaction" || '}'"""
"""SQL for the line of `platform_auditevent AS event`."""

_LOGGED = f"""
SELECT {LINE} FROM proof_leaf leaf JOIN platform_auditevent event ON event.id = leaf.event
WHERE leaf.index >= %s AND leaf.index < %s ORDER BY leaf.index
"""  # noqa: S608 - no value from outside
_BATCH = 5000


def logged_lines(start: int, end: int) -> Iterator[str]:
    """The lines of the log from index `start` up to, not including, `end`; a few thousand in memory at a time."""
    for first in range(start, end, _BATCH):
        with connection.cursor() as cursor:
            cursor.execute(_LOGGED, [first, min(first + _BATCH, end)])
            yield from (line for (line,) in cursor.fetchall())

"""The words that walls are written in: SQL about the viewer whom the transaction knows (platform.row_security).

Each is a subquery, so that PostgreSQL reads the setting once for a statement and not once for a row.
"""

from __future__ import annotations

from typing import Final

HOUSE: Final = "(SELECT current_setting('ansinh.viewer', true) = 'house')"
DOOR: Final = "(SELECT current_setting('ansinh.viewer', true) IN ('house', 'door'))"
"""The house is let in wherever the door is."""
SERVED: Final = "(SELECT current_setting('ansinh.viewer', true) IN ('house', 'door', 'counter'))"
"""An officer who serves whoever comes to a counter is let in where the door is, to what the counter is for."""
INSIDE: Final = "(SELECT current_setting('ansinh.viewer', true) <> 'door')"
"""Beyond the door: there only what the door itself is for may be looked at."""
ACCOUNT: Final = "(SELECT nullif(current_setting('ansinh.account', true), '')::uuid)"
OWNER: Final = "(SELECT nullif(current_setting('ansinh.owner', true), '')::uuid)"
OFFICES: Final = "(SELECT string_to_array(nullif(current_setting('ansinh.offices', true), ''), ','))::text[]"
ANY_OFFICE: Final = "(SELECT nullif(current_setting('ansinh.offices', true), '') IS NOT NULL)"
OPENED: Final = "(SELECT nullif(current_setting('ansinh.opened', true), '')::uuid)"
BROWSER: Final = "(SELECT nullif(current_setting('ansinh.browser', true), ''))"
BROWSER_DIGEST: Final = (
    "(SELECT encode(sha256(convert_to(nullif(current_setting('ansinh.browser', true), ''), 'UTF8')), 'hex'))"
)
LABEL: Final = "(SELECT 'account:' || nullif(current_setting('ansinh.account', true), ''))"


def any_of(*conditions: str) -> str:
    """At least one holds; PostgreSQL looks at them in this order, so put the cheap ones first."""
    return " OR ".join(conditions)


def seen(table: str, where: str) -> str:
    """A row of `table` with `where` is behind no wall for this viewer (its own policy is applied inside)."""
    return f"EXISTS (SELECT FROM {table} WHERE {where})"


def seen_inside(table: str, where: str) -> str:
    """As `seen`, and the viewer does not stand at the door."""
    return f"({INSIDE} AND {seen(table, where)})"

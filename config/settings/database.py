"""PostgreSQL through psycopg 3: bound on the server, connections kept, switchable for a pooler.

Pages and jobs connect as a role that owns nothing and passes no wall; migrations and set-up as the owner.
"""

import os

from django.core.exceptions import ImproperlyConfigured

from ansinh.platform.database_url import DATABASE_AS, OWNER, chosen_address, connection_settings
from ansinh.platform.row_security.roles import APPLICATION
from config.settings.places import VAR_DIR

AS_OWNER = os.environ.get(DATABASE_AS) == OWNER
# Behind PgBouncer in transaction mode: no prepared statements, no cursors on the server, no connection kept.
_POOLED = os.environ.get("ANSINH_POOLER") == "1"

_default = connection_settings(chosen_address(os.environ, var=VAR_DIR, as_owner=AS_OWNER))
_default["OPTIONS"] |= {
    "server_side_binding": not _POOLED,
    "prepare_threshold": None if _POOLED else 3,
    "application_name": os.environ.get("ANSINH_PROCESS", "ansinh"),
}
if not _POOLED:
    # The walls stand in each other, so that one query plans to hundreds of small parts that hardly ever run; compiling
    # them takes minutes. A pooler starts its connections itself: the README has the line for its database.
    _default["OPTIONS"]["options"] = f"{_default['OPTIONS'].get('options', '')} -c jit=off".strip()
if not AS_OWNER and _default["USER"] != APPLICATION:
    if _POOLED:  # another server session of the pool would not know of SET ROLE, and pass every wall
        raise ImproperlyConfigured(f"ANSINH_POOLER=1 needs a DATABASE_URL of the user {APPLICATION} itself (README)")
    _default["OPTIONS"]["assume_role"] = APPLICATION
_default |= {
    "TEST": {"NAME": os.environ.get("ANSINH_TEST_DATABASE", "test_ansinh")},
    "CONN_MAX_AGE": 0 if _POOLED else 600,
    "CONN_HEALTH_CHECKS": not _POOLED,
    "DISABLE_SERVER_SIDE_CURSORS": _POOLED,
    "ATOMIC_REQUESTS": False,
}
DATABASES = {"default": _default}

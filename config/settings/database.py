"""PostgreSQL through psycopg 3: bound on the server, connections kept, switchable for a pooler."""

import os

from ansinh.platform.database_url import connection_settings
from config.settings.places import VAR_DIR

_PRIVATE = VAR_DIR / "postgres.url"
_url = os.environ.get("DATABASE_URL") or (
    _PRIVATE.read_text(encoding="utf-8").strip()
    if _PRIVATE.exists()
    else "postgresql://ansinh@/ansinh?host=/nonexistent"
)
# Behind PgBouncer in transaction mode: no prepared statements, no cursors on the server, no connection kept.
_POOLED = os.environ.get("ANSINH_POOLER") == "1"

_default = connection_settings(_url)
_default["OPTIONS"] |= {
    "server_side_binding": not _POOLED,
    "prepare_threshold": None if _POOLED else 3,
    "application_name": os.environ.get("ANSINH_PROCESS", "ansinh"),
}
_default |= {
    "TEST": {"NAME": os.environ.get("ANSINH_TEST_DATABASE", "test_ansinh")},
    "CONN_MAX_AGE": 0 if _POOLED else 600,
    "CONN_HEALTH_CHECKS": not _POOLED,
    "DISABLE_SERVER_SIDE_CURSORS": _POOLED,
    "ATOMIC_REQUESTS": False,
}
DATABASES = {"default": _default}

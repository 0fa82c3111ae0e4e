"""Whether the database still has the guards that the migrations built: tables, policies, triggers, roles (threat 42).

Somebody with the owner's rights can take a wall down and put it up again. Each look compares all guards with the
newest blueprint; a difference is logged, kept as a row, and named by `ansinh proof check`.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import connection

from ansinh.walls.models import Blueprint, Drift

_PARTS: Final = """
SELECT 'table ' || relname, jsonb_build_array(relrowsecurity, relforcerowsecurity, relowner::regrole::text,
    (SELECT array_agg(one ORDER BY one) FROM unnest(relacl::text[]) one))
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
UNION ALL
SELECT 'policy ' || tablename || '.' || policyname, jsonb_build_array(permissive, roles, cmd, qual, with_check)
FROM pg_policies WHERE schemaname = 'public'
UNION ALL
SELECT 'trigger ' || tgrelid::regclass || '.' || tgname, jsonb_build_array(pg_get_triggerdef(pg_trigger.oid),
    tgenabled, prosrc)
FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'role ansinh_application', jsonb_build_array(rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
    (SELECT array_agg(roleid::regrole::text ORDER BY 1) FROM pg_auth_members WHERE member = role.oid))
FROM pg_roles role WHERE rolname = 'ansinh_application'
"""

log = logging.getLogger(__name__)


def keep_blueprint(*, at: datetime) -> None:
    """After a migration: what stands now is what must stand. One that is the same is not kept twice."""
    parts = _present_parts()
    newest = Blueprint.objects.order_by("-id").first()
    if newest is None or newest.parts != parts:
        Blueprint.objects.create(at=at, parts=parts)


def differences() -> list[str]:
    """Names of the guards that are missing, new or changed since the newest blueprint; without one there are none."""
    newest = Blueprint.objects.order_by("-id").first()
    if newest is None:
        return []
    built, present = newest.parts, _present_parts()
    return sorted(name for name in built.keys() | present.keys() if built.get(name) != present.get(name))


def look(*, at: datetime) -> list[str]:
    """Compare; a difference that was not known yet is logged as critical and kept. Answers the differences."""
    found = differences()
    newest = Drift.objects.order_by("-id").first()
    if found != (newest.parts if newest else []):
        Drift.objects.create(at=at, parts=found)
        if found:
            log.critical("guards of the database differ from what the migrations built: %s", ", ".join(found))
        else:
            log.critical("guards of the database are again what the migrations built")
    return found


def _present_parts() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_PARTS)
        return {name: sha256(json.dumps(content, sort_keys=True).encode()).hexdigest() for name, content in cursor}

"""Operations of migrations that build the walls of the register, again and again: what is built is taken down first.

A later migration of this app that names new or changed models brings an installation to the register of its day; on a
new database every one of them builds from the present register, so a rule may name only tables that the first
migration building it depends on.
"""

from __future__ import annotations

from typing import Final

from django.apps import apps
from django.db import migrations

from ansinh.walls.register import REGISTER, Wall

POLICY: Final = "wall"


def build(*labels: str) -> migrations.RunSQL:
    """Row security on the tables of these models, for their owner too (FORCE)."""
    return migrations.RunSQL("\n".join(map(_built, labels)), "\n".join(map(_taken_down, labels)))


def table_of(label: str) -> str:
    """The table of a model named `app.Model`."""
    return str(apps.get_model(label)._meta.db_table)


def conditions_of(label: str) -> tuple[str, str]:
    """What the policy of a model says: for rows that are touched, for rows that are written."""
    wall = REGISTER[label]
    if not isinstance(wall, Wall):
        raise ValueError(f"{label} is declared to hold no person")
    return wall.seen_by, wall.written_by or wall.seen_by


def _built(label: str) -> str:
    table, (seen_by, written_by) = table_of(label), conditions_of(label)
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS {POLICY} ON {table};
CREATE POLICY {POLICY} ON {table} FOR ALL USING ({seen_by}) WITH CHECK ({written_by});
"""


def _taken_down(label: str) -> str:
    table = table_of(label)
    return f"""
DROP POLICY IF EXISTS {POLICY} ON {table};
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
"""

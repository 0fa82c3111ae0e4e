"""Every state is followed by the audit trail, or says why not."""

from __future__ import annotations

import pytest
from django.db import connection

from ansinh.proof.watched import NOT_WATCHED, watched, with_state


@pytest.mark.django_db
def test_every_table_with_a_state_is_watched_or_says_why_not() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        triggers = {name for (name,) in cursor.fetchall()}
    missing = [
        one.table for one in watched() if not {f"{one.table}_audit_insert", f"{one.table}_audit_update"} <= triggers
    ]
    assert missing == []
    assert {"people_account", "dossiers_dossier", "casework_decision"} <= {one.table for one in watched()}


def test_no_exception_outlives_its_model() -> None:
    assert set(NOT_WATCHED) <= set(with_state())

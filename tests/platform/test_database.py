"""The tests run on the real PostgreSQL."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_postgresql_fifteen_or_newer() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        assert int(cursor.fetchone()[0]) >= 150000


@pytest.mark.django_db
def test_queries_through_the_walls_are_not_compiled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone()[0] == "off"

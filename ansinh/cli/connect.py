"""A command that works on the data of this installation sets Django up first."""

import os

import django
from django.db import OperationalError, connection

from ansinh.cli.launcher.words import CannotStart
from ansinh.platform.database_url import DATABASE_AS, OWNER


def connect_as_owner() -> None:
    """As `connect`, for what makes tables or fills them: with the owner's role."""
    os.environ[DATABASE_AS] = OWNER
    connect()


def connect() -> None:
    """Set Django up and reach the database. Raises CannotStart with a sentence when it is not there."""
    django.setup()
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise CannotStart(
            "no-database",
            "Không kết nối được cơ sở dữ liệu: hãy chạy ./start ở cửa sổ khác, hoặc đặt DATABASE_URL.",
            "The database cannot be reached: run ./start in another window, or set DATABASE_URL.",
        ) from error

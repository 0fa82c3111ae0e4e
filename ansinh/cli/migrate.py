"""Cập nhật cấu trúc cơ sở dữ liệu và đóng băng các thủ tục đã thay đổi thành phiên bản mới.

Bring the database's tables up to date and freeze changed procedures as new versions. Run it on each deployment.
"""

import argparse
from datetime import UTC, datetime

from ansinh.cli.connect import connect


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> int:
    """Migrate, then freeze."""
    connect()
    from ansinh.cli.launcher import installation

    installation.migrate()
    installation.freeze_procedures(datetime.now(UTC))
    print("Đã cập nhật. / Up to date.")
    return 0

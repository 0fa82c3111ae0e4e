"""Cập nhật cấu trúc cơ sở dữ liệu và đóng băng các thủ tục đã thay đổi thành phiên bản mới.

Bring the database's tables up to date and freeze changed procedures as new versions. Run it on each deployment.
"""

import argparse
from datetime import UTC, datetime

from ansinh.cli.connect import connect_as_owner


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> int:
    """Migrate, then freeze."""
    connect_as_owner()
    from ansinh.cli.launcher import installation

    at = datetime.now(UTC)
    installation.migrate(at)
    installation.freeze_procedures(at)
    print("Đã cập nhật. / Up to date.")
    return 0

"""Cập nhật cấu trúc cơ sở dữ liệu và đóng băng các thủ tục đã thay đổi thành phiên bản mới.

Bring the database's tables up to date and freeze changed procedures as new versions. Run it on each deployment.

To change the key of the sealed numbers: --new-key; restart the portal, so that every process seals with it; --renew;
keep the old key as long as backups from before are kept.
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime

from ansinh.cli.connect import connect_as_owner


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing: tables and procedures. Or one of the two steps of a change of key."""
    keys = parser.add_mutually_exclusive_group()
    keys.add_argument(
        "--new-key", action="store_true", help="chỉ thêm khóa niêm phong kế tiếp / only add the next sealing key"
    )
    keys.add_argument(
        "--renew",
        action="store_true",
        help="chỉ niêm phong lại mọi số bằng khóa mới nhất, chạy cạnh cổng đang phục vụ; bị dừng thì chạy lại / only "
        "seal every number anew with the newest key, beside the running portal; after a stop start it again",
    )
    parser.add_argument("--batch", type=int, default=2_000, metavar="N", help="số dòng mỗi lượt / rows of one batch")


def run(arguments: argparse.Namespace) -> int:
    """Migrate, then freeze; or add a key; or seal anew."""
    connect_as_owner()
    if arguments.new_key:
        return _new_key()
    if arguments.renew:
        return _renew(batch=max(1, arguments.batch))
    from ansinh.cli.launcher import installation

    at = datetime.now(UTC)
    installation.migrate(at)
    installation.freeze_procedures(at)
    print("Đã cập nhật. / Up to date.")
    return 0


def _new_key() -> int:
    from ansinh.platform.sealed_fields.keys import add_version

    version = add_version()
    print(
        f"Khóa {version} đã có. Sao lưu thư mục bí mật, khởi động lại cổng, rồi chạy ansinh migrate --renew. / "
        f"Key {version} is there. Back the secrets up, restart the portal, then run ansinh migrate --renew."
    )
    return 0


def _renew(*, batch: int) -> int:
    from ansinh.platform.sealed_fields.rows import reseal, sealed_columns

    for column in sealed_columns():
        began, done = time.monotonic(), 0
        for changed in reseal(column, batch=batch):
            done += changed
            print(f"\r{column.place}  {done}", end="", flush=True)
        print(f"\r{column.place}  {done} trong / in {time.monotonic() - began:.1f} s")
    return 0

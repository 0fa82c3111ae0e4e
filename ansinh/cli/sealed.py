"""Khóa niêm phong số định danh và số tài khoản: xem, thêm khóa mới, niêm phong lại bằng khóa mới.

The keys that seal personal numbers and bank accounts: look at them, add a new one, seal everything anew with it. To
change the key: `new-key`; restart the portal, so that every process seals with it; `renew`; keep the old key as long
as backups from before are kept.
"""

from __future__ import annotations

import argparse
import time

from ansinh.cli.connect import connect


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The three things it can do."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser(
        "check",
        help="đếm theo phiên bản khóa và thử mở / count by key version, and open one value of each",
        description="Exit code 1 when a value is sealed under a key that is not here, or does not open or is not found "
        "with the keys that are.",
    )
    commands.add_parser("new-key", help="thêm phiên bản khóa tiếp theo / add the next version of the key")
    renew = commands.add_parser(
        "renew",
        help="niêm phong lại mọi số bằng khóa mới nhất / seal everything anew with the newest key",
        description="Works in batches beside the running portal; after a stop, start it again and it goes on.",
    )
    renew.add_argument("--batch", type=int, default=2_000, metavar="N", help="số dòng mỗi lượt / rows of one batch")


def run(options: argparse.Namespace) -> int:
    """Check, add or renew."""
    connect()
    return {"check": _check, "new-key": _new_key, "renew": _renew}[options.command](options)


def _check(options: argparse.Namespace) -> int:
    from ansinh.platform.sealed_fields.keys import present_version
    from ansinh.platform.sealed_fields.rows import faults, sealed_columns, versions

    print(f"Khóa đang niêm phong / sealing with: {present_version()}")
    for column in sealed_columns():
        counted = ", ".join(f"{version}: {count}" for version, count in versions(column).items())
        print(f"{column.place}  {counted or '–'}")
    found = faults()
    for fault in found:
        print(f"SAI / WRONG  {fault}")
    return 1 if found else 0


def _new_key(options: argparse.Namespace) -> int:
    from ansinh.platform.sealed_fields.keys import add_version

    version = add_version()
    print(
        f"Khóa {version} đã có. Sao lưu thư mục bí mật, khởi động lại cổng, rồi chạy ansinh sealed renew. / "
        f"Key {version} is there. Back the secrets up, restart the portal, then run ansinh sealed renew."
    )
    return 0


def _renew(options: argparse.Namespace) -> int:
    from ansinh.platform.sealed_fields.rows import reseal, sealed_columns

    for column in sealed_columns():
        began, done = time.monotonic(), 0
        for changed in reseal(column, batch=max(1, options.batch)):
            done += changed
            print(f"\r{column.place}  {done}", end="", flush=True)
        print(f"\r{column.place}  {done} trong / in {time.monotonic() - began:.1f} s")
    return 0

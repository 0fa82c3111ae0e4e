"""Chạy An Sinh trên máy này: cơ sở dữ liệu, trang web, công việc nền và hộp thư minh hoạ. Ctrl-C để dừng.

Run An Sinh on this machine: database, web pages, background work and the demonstration's mailbox. Ctrl-C stops it.
Data live in var/. With DATABASE_URL set, that database is used instead of a private one.
"""

import argparse
import os
import shutil
import signal
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from ansinh.cli.launcher import checks, database
from ansinh.cli.launcher.progress import Progress
from ansinh.cli.launcher.supervisor import StopAsked, Supervisor
from ansinh.cli.launcher.words import CannotStart
from ansinh.platform.database_url import DATABASE_AS, OWNER

CHECKOUT = Path(__file__).resolve().parents[2]
_REQUESTS_TO_STOP = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `./start`."""
    parser.add_argument("--port", type=int, default=8000, help="cổng của trang web / port of the pages (8000)")
    parser.add_argument("--reset", action="store_true", help="xóa mọi dữ liệu trong var/ trước / delete all data first")
    parser.add_argument(
        "--workers", type=int, default=2, help="số tiến trình làm việc nền / processes for background work (2)"
    )
    parser.add_argument("--prepare", action="store_true", help="chuẩn bị rồi thôi, không chạy / set up, start nothing")


def run(arguments: argparse.Namespace) -> int:
    """Start everything and stay until asked to stop; 0 after a stop that was asked for."""
    os.environ.setdefault("ANSINH_DEMO", "1")
    os.environ[DATABASE_AS] = OWNER
    var = Path(os.environ.get("ANSINH_VAR", CHECKOUT / "var"))
    supervisor = Supervisor()
    listen_for_stop(supervisor)
    with ExitStack() as stack, checks.full_disk_is_a_sentence(var):
        (var / "log").mkdir(parents=True, exist_ok=True)
        stack.enter_context(checks.only_one(var / "start.lock"))
        if not arguments.prepare:
            checks.check_port(arguments.port)
        checks.check_space(var)
        stack.callback(supervisor.stop)
        try:
            _bring_up(arguments, var, supervisor)
            if not arguments.prepare:
                supervisor.watch()
        except StopAsked:
            print("\nĐang dừng … / Stopping …", flush=True)
    return 0


def listen_for_stop(supervisor: Supervisor) -> None:
    """Have whoever asks this process to stop heard: at once where that can be, else when the supervisor looks next."""

    def on_signal(number: int, frame: FrameType | None) -> None:
        for request in _REQUESTS_TO_STOP:  # once is enough: an impatient second Ctrl-C must not interrupt the stopping
            signal.signal(request, signal.SIG_IGN)
        supervisor.stop_asked = True
        if not supervisor.is_starting:
            raise StopAsked

    for request in _REQUESTS_TO_STOP:
        if signal.getsignal(request) is not signal.SIG_IGN:  # nohup
            signal.signal(request, on_signal)


def _bring_up(arguments: argparse.Namespace, var: Path, supervisor: Supervisor) -> None:
    began = time.monotonic()
    progress = Progress(total=5 if arguments.prepare else 6)
    with progress.step("Cơ sở dữ liệu", "database"):
        _start_database(arguments, var, supervisor)
    import django

    django.setup()
    from ansinh.cli.launcher import installation

    at = datetime.now(UTC)
    with progress.step("Bảng dữ liệu", "tables"):
        installation.migrate(at)
    with progress.step("Thủ tục", "procedures"):
        installation.freeze_procedures(at)
    with progress.step("Dữ liệu minh hoạ", "demonstration data"):
        installation.load_demonstration(at)
    with progress.step("Tệp giao diện", "static files"):
        installation.collect_static_files()
    if arguments.prepare:
        print(f"Đã sẵn sàng: chạy ./start. / Ready: run ./start. ({time.monotonic() - began:.1f} s)")
        return
    from ansinh.cli.launcher import running

    django.db.connections.close_all()
    with progress.step("Trang web và công việc nền", "web and background work"):
        addresses = running.start_services(
            supervisor, checkout=CHECKOUT, var=var, port=arguments.port, workers=arguments.workers
        )
    print(running.welcome(addresses, seconds=time.monotonic() - began), flush=True)


def _start_database(arguments: argparse.Namespace, var: Path, supervisor: Supervisor) -> None:
    server = database.private_server(checkout=CHECKOUT, var=var)
    if arguments.reset:
        _reset(server, var)
    if server is None:
        return
    supervisor.start(server)
    database.remember_address(server, var)
    if server.cluster.place.moved:
        print(f"({server.cluster.owner.name}: {server.cluster.data}) ", end="")


def _reset(server: database.PrivateServer | None, var: Path) -> None:
    if server is None:
        raise CannotStart(
            "reset-of-real-database",
            "--reset không xóa cơ sở dữ liệu mà DATABASE_URL chỉ tới: hãy tự tạo lại nó.",
            "--reset does not delete the database that DATABASE_URL names: recreate it yourself.",
        )
    database.forget(server)
    for path in var.iterdir():
        if path.name in {"start.lock", "log", "test"}:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

"""One private PostgreSQL server: made, started, watched and stopped."""

import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from ansinh.platform.errors import Conflict, DomainError
from ansinh.platform.postgres.owner import Owner
from ansinh.platform.postgres.place import Place
from ansinh.platform.processes import die_with_parent

SUPERUSER = "ansinh"
_START_SECONDS = 60
_STOP_SECONDS = 30

SERVER_SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "log_min_messages": "warning",
    "timezone": "Asia/Ho_Chi_Minh",
}
"""Settings of the demonstration's server; a real one is configured by its own administrator."""


@dataclass
class Cluster:
    """A data folder, the programs for it and the user who owns it."""

    place: Place
    owner: Owner
    settings: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.place.data

    @property
    def exists(self) -> bool:
        """The data folder has been initialised."""
        return self.data_major() is not None

    def data_major(self) -> int | None:
        """Major version of the data folder, or None before it is made."""
        try:
            return int((self.data / "PG_VERSION").read_text(encoding="ascii").strip().split(".")[0])
        except FileNotFoundError:
            return None

    def url(self, database: str, *, user: str = SUPERUSER) -> str:
        """The address of one database of this server."""
        folder = quote(str(self.place.socket_folder), safe="/")
        return f"postgresql://{user}@/{database}?host={folder}"

    def initialise(self) -> None:
        """Make the data folder. An unfinished earlier attempt is cleared first."""
        if self.data.exists():
            shutil.rmtree(self.data)
        draft = self.data.with_name(f"{self.data.name}.draft")
        if draft.exists():
            shutil.rmtree(draft)
        self._own(draft)
        self._run("initdb", "-D", str(draft), f"--username={SUPERUSER}", "--auth=trust", "--encoding=UTF8",
                  *self._locale(), "--no-instructions")  # fmt: skip
        draft.rename(self.data)

    def start(self, *, log: Path | None = None) -> None:
        """Start the server and wait until it answers; it stops fast when this process dies.

        Raises Conflict for a data folder of another major version, DomainError when the server does not come up.
        """
        self._check_major()
        self._make_socket_folder()
        with (log or Path(os.devnull)).open("ab") as output:
            self.process = subprocess.Popen(
                [self.place.binaries.program("postgres"), "-D", str(self.data), *self._arguments()],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/", umask=0o077,
                start_new_session=True, preexec_fn=die_with_parent(signal.SIGINT),
                **self.owner.identity(),  # type: ignore[call-overload]
            )  # fmt: skip
        self.wait_until_ready(log=log)

    def start_detached(self) -> None:
        """Start the server so that it outlives this process; its log lies in the data folder. Raises as `start`."""
        self._check_major()
        self._make_socket_folder()
        options = shlex.join(self._arguments())
        self._run(
            "pg_ctl", "start", "--silent", "--wait", "-D", str(self.data), "-l", str(self.data / "log"), "-o", options
        )

    def wait_until_ready(self, *, log: Path | None = None) -> None:
        """Return when a connection succeeds; raise when the server ends or a minute passes."""
        limit = time.monotonic() + _START_SECONDS
        while not self.answers():
            ended = self.process is not None and self.process.poll() is not None
            if ended or time.monotonic() > limit:
                raise DomainError(
                    "database-did-not-start",
                    "PostgreSQL không khởi động được: {reason} / PostgreSQL did not start: {reason}",
                    reason=_last_line(log),
                )
            time.sleep(0.03)

    def answers(self) -> bool:
        """Whether the server takes a connection now."""
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def ensure_database(self, name: str) -> bool:
        """Create database `name` when it is not there; True when it was created."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if known:
                return False
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
        return True

    def ensure_login(self, role: str) -> None:
        """Let `role` connect, made with no other right when it is not there."""
        name = psycopg.sql.Identifier(role)
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            words = "ALTER ROLE {} LOGIN" if known else "CREATE ROLE {} LOGIN"
            connection.execute(psycopg.sql.SQL(words).format(name))

    def server_pid(self) -> int | None:
        """The running server's process, by its own file."""
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
            os.kill(pid, 0)
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return None
        return pid

    def stop(self) -> None:
        """Fast shutdown: sessions are ended, everything committed stays. Immediate after half a minute."""
        pid = self.process.pid if self.process and self.process.poll() is None else self.server_pid()
        if pid is None:
            return
        for request in (signal.SIGINT, signal.SIGQUIT):
            os.kill(pid, request)
            if self._gone(pid):
                return
        os.kill(pid, signal.SIGKILL)

    def _gone(self, pid: int) -> bool:
        limit = time.monotonic() + _STOP_SECONDS
        while time.monotonic() < limit:
            if self.process is not None and self.process.pid == pid:
                if self.process.poll() is not None:
                    return True
            elif self.server_pid() != pid:
                return True
            time.sleep(0.02)
        return False

    def _check_major(self) -> None:
        made_by = self.data_major()
        if made_by != self.place.binaries.major:
            raise Conflict(
                "other-major-version",
                "Thư mục dữ liệu {folder} thuộc PostgreSQL {data}, máy này có PostgreSQL {server}: hãy dùng đúng"
                " phiên bản hoặc chạy ./start --reset. / Data folder {folder} belongs to PostgreSQL {data}, this"
                " machine has PostgreSQL {server}: use that version, or run ./start --reset.",
                folder=self.data, data=made_by, server=self.place.binaries.major,
            )  # fmt: skip

    def _arguments(self) -> list[str]:
        settings = {**SERVER_SETTINGS, **self.settings, "unix_socket_directories": str(self.place.socket_folder)}
        return [f"-c{name}={value}" for name, value in settings.items()]

    def _make_socket_folder(self) -> None:
        if self.place.socket_folder != self.data:
            self._own(self.place.socket_folder)

    def _locale(self) -> list[str]:
        if self.place.binaries.major >= 17:
            return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]

    def _own(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.owner.is_me:
            os.chown(folder, self.owner.uid, self.owner.gid)

    def _run(self, program: str, *arguments: str) -> None:
        result = subprocess.run(
            [self.place.binaries.program(program), *arguments],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/", check=False,
            **self.owner.identity(),  # type: ignore[call-overload]
        )  # fmt: skip
        if result.returncode:
            raise DomainError(
                "database-program-failed",
                "{program} báo lỗi: {reason} / {program} failed: {reason}",
                program=program, reason=(result.stderr.strip().splitlines() or ["?"])[-1],
            )  # fmt: skip


def _last_line(log: Path | None) -> str:
    if log is None or not log.exists():
        return "?"
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "?"

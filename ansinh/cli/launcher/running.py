"""The running demonstration: which programs, at which addresses, and what the person at the terminal is told."""

import http.client
import os
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from ansinh.cli.launcher.checks import free_port
from ansinh.cli.launcher.services import Program
from ansinh.cli.launcher.supervisor import Supervisor
from ansinh.cli.launcher.words import CannotStart
from ansinh.platform.database_url import DATABASE_AS
from ansinh.platform.secrets import secret

WORKERS = 2
THREADS = 4
SMS_REPORTS = "/api/v1/sms-reports"
BANK_NOTICES = "/api/v1/bank-notices"
_ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Addresses:
    """Where everything listens on this machine."""

    web: int
    smtp: int
    sms: int
    smpp: int
    messages: int
    timestamps: int
    signing: int
    identity: int

    @property
    def page(self) -> str:
        """The address for a browser."""
        return f"http://localhost:{self.web}/"

    @property
    def mailbox(self) -> str:
        """Where sent SMS and e-mail can be read."""
        return f"http://localhost:{self.messages}/"

    @property
    def bank(self) -> str:
        """Where orders can be paid."""
        return f"{self.mailbox}ngan-hang"

    @property
    def codes(self) -> str:
        """Where the authenticator apps of the invented officers can be read."""
        return f"{self.mailbox}ma-xac-thuc"


def start_services(supervisor: Supervisor, *, checkout: Path, var: Path, port: int, workers: int) -> Addresses:
    """Start counter-party, web server and workers; return when the pages answer.

    One worker begins with the pages, the others when they are there: nobody waits for them. Without any, nothing that
    is deferred is done: for measurements of pages alone.
    """
    addresses = Addresses(
        web=port,
        smtp=free_port(2525),
        sms=free_port(8026),
        smpp=free_port(2775),
        messages=free_port(8025),
        timestamps=free_port(8027),
        signing=free_port(8028),
        identity=free_port(8029),
    )
    first, later = _programs(addresses, checkout=checkout, var=var, workers=workers)
    for program in first:
        supervisor.start(program)
    _wait_for_pages(supervisor, port)
    for program in later:
        supervisor.start(program)
    return addresses


def welcome(addresses: Addresses, *, seconds: float) -> str:
    """What to open, who can sign in, where messages are read."""
    lines = [
        "",
        f"An Sinh đang chạy / is running ({seconds:.1f} s):  {addresses.page}",
        f"Tin nhắn và thư đã gửi / SMS and e-mail that were sent:  {addresses.mailbox}",
        f"Ngân hàng trình diễn, để nộp tiền / the demonstration's bank:  {addresses.bank}",
        *_accounts(),
        f"Cán bộ cần thêm mã 6 chữ số, xem ở / officers also need a 6-digit code, shown at:  {addresses.codes}",
        *_as_root(),
        *_keys_in_files(),
        "Ctrl-C để dừng / to stop.",
    ]
    return "\n".join(lines)


def _programs(addresses: Addresses, *, checkout: Path, var: Path, workers: int) -> tuple[list[Program], list[Program]]:
    """Those that the pages need, and those that may begin after them."""
    environment = {
        DATABASE_AS: "application",
        "ANSINH_SMTP_PORT": str(addresses.smtp),
        "ANSINH_SMS_URL": f"http://127.0.0.1:{addresses.sms}",
        "ANSINH_SMPP_PORT": str(addresses.smpp),
        "ANSINH_TIMESTAMP_URL": f"http://127.0.0.1:{addresses.timestamps}/",
        "ANSINH_REMOTE_SIGNING_URL": f"http://127.0.0.1:{addresses.signing}",
        "ANSINH_REMOTE_SIGNING_TOKEN": secret("remote-signing", folder=var / "secrets"),
        "ANSINH_IDENTITY_URL": f"http://localhost:{addresses.identity}",
        "ANSINH_BANK_URL": addresses.bank,
        "ANSINH_PUBLIC_URL": addresses.page.removesuffix("/"),
        # These telephones are a page on this machine: nobody is woken, so notices do not wait for the morning.
        "ANSINH_SMS_CARE_FROM_HOUR": "0",
        "ANSINH_SMS_CARE_UNTIL_HOUR": "24",
    }

    def program(name: str, *arguments: str, number: int = 1) -> Program:
        known_as = name if number == 1 else f"{name}-{number}"
        return Program(
            known_as, arguments, environment | {"ANSINH_PROCESS": f"ansinh-{name}"}, var / "log" / f"{known_as}.log",
            checkout,
        )  # fmt: skip

    web = program(
        "web", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(addresses.web),
        "--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--respawn-failed-workers",
        "--workers-kill-timeout", "5", "config.wsgi:application",
    )  # fmt: skip
    working = [program("worker", "ansinh.jobs.worker", number=number) for number in range(1, workers + 1)]
    counterparty = program(
        "counterparty", "ansinh.counterparty", "--smtp-port", str(addresses.smtp), "--sms-port", str(addresses.sms),
        "--smpp-port", str(addresses.smpp), "--page-port", str(addresses.messages),
        "--timestamps-port", str(addresses.timestamps), "--authority", str(var / "signing"),
        "--signing-port", str(addresses.signing), "--identity-port", str(addresses.identity),
        "--store", str(var / "counterparty"), "--secrets", str(var / "secrets"),
        "--callback", f"http://127.0.0.1:{addresses.web}{SMS_REPORTS}",
        "--bank-notices", f"http://127.0.0.1:{addresses.web}{BANK_NOTICES}",
    )  # fmt: skip
    return [counterparty, *working[:1], web], working[1:]


def _wait_for_pages(supervisor: Supervisor, port: int) -> None:
    limit = time.monotonic() + _ANSWER_SECONDS
    while not _answers(port):
        supervisor.look()
        if time.monotonic() > limit:
            raise CannotStart(
                "pages-do-not-answer",
                "Trang web không trả lời: hãy xem nhật ký var/log/web.log.",
                "The pages do not answer: see the log var/log/web.log.",
            )
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except (ConnectionError, TimeoutError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _as_root() -> list[str]:
    """PostgreSQL drops root by itself; the programs of the pages do not, because they write into the checkout."""
    if os.geteuid() != 0:
        return []
    return [
        "Đang chạy bằng root, chỉ nên để dùng thử: hãy chạy bằng người dùng thường.",
        "Running as root, for a trial only: run it as an ordinary user.",
    ]


def _keys_in_files() -> list[str]:
    if not import_module("ansinh.signing.keys.provider").in_files():
        return []
    return [
        "Khóa ký nằm trong tệp vì máy này không có SoftHSM (gói softhsm2): chỉ để trình diễn.",
        "Signing keys lie in files, because this machine has no SoftHSM (package softhsm2): for a demonstration only.",
    ]


def _accounts() -> list[str]:
    accounts = import_module("ansinh.demo").accounts()  # by name: the demonstration stands above the commands
    width = max(len(account.sign_in) for account in accounts)
    return [
        "Tài khoản minh hoạ, mật khẩu / invented accounts, password:",
        *(
            f"  {account.sign_in:<{width}}  {account.password}   {account.role_vi} / {account.role_en}"
            for account in accounts
        ),
    ]

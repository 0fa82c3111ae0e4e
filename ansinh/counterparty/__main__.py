"""`python -m ansinh.counterparty`: start the servers, say where they listen, stop when told or left alone."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from ansinh.counterparty.aggregator import Aggregator, serve_aggregator
from ansinh.counterparty.authenticators import SECRET, Authenticators
from ansinh.counterparty.bank import Bank
from ansinh.counterparty.behaviour import Behaviour, parse_mood
from ansinh.counterparty.callbacks import Callbacks
from ansinh.counterparty.csc import RemoteSigning, serve_remote_signing
from ansinh.counterparty.csc_keys import keys
from ansinh.counterparty.identity import serve_identity
from ansinh.counterparty.mail import serve_mail
from ansinh.counterparty.page import serve_page
from ansinh.counterparty.smpp import MessageCentre, serve_smpp
from ansinh.counterparty.store import Store
from ansinh.counterparty.timestamps import Temper, TimestampAuthority, serve_timestamps
from ansinh.payments.bank_key import BANK_NOTICES
from ansinh.platform.secrets import secret

_LOOK_FOR_PARENT_SECONDS = 0.5
PEOPLE = Path(__file__).resolve().parents[1] / "demo" / "world.yaml"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ansinh.counterparty", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    for name, port in (
        ("smtp", 2525), ("sms", 8026), ("smpp", 2775), ("page", 8025), ("timestamps", 8027), ("signing", 8028),
        ("identity", 8029),
    ):  # fmt: skip
        parser.add_argument(f"--{name}-port", type=int, default=port, help=f"default {port}; 0 takes a free one")
    parser.add_argument("--store", type=Path, default=Path("var/counterparty"), help="folder for what arrives")
    parser.add_argument(
        "--authority", type=Path, default=Path("var/signing"), help="folder with the keys of time-stamper and issuer"
    )
    parser.add_argument("--people", type=Path, default=PEOPLE, help="list of those with a key at the signing service")
    parser.add_argument("--secrets", type=Path, default=Path("var/secrets"), help="folder with sms-callback")
    parser.add_argument("--callback", default="", help="address that delivery reports on SMS are posted to")
    parser.add_argument("--bank-notices", default="", help="address that the bank's notices are posted to")
    parser.add_argument("--delay", type=float, default=1.0, help="seconds before a delivery report")
    parser.add_argument("--password", default="", help="password that SMS senders must give")
    parser.add_argument(
        "--mood", type=parse_mood, action="append", default=[], metavar="NUMBER=MOOD",
        help="deliver, refuse, busy, undelivered or silent for one number or address",
    )  # fmt: skip
    return parser.parse_args()


async def _run(wanted: argparse.Namespace) -> None:
    told = _told_to_stop()  # before anybody can know that we are ready
    parent = os.getppid()
    store = Store(wanted.store)
    behaviour = Behaviour(delay=wanted.delay, moods=dict(wanted.mood))
    key = secret("sms-callback", folder=wanted.secrets) if wanted.callback else ""
    callbacks = Callbacks(wanted.callback, key, store, behaviour)
    mail = await serve_mail(store, behaviour, wanted.host, wanted.smtp_port)
    centre = await serve_smpp(MessageCentre(store, behaviour, wanted.password), wanted.host, wanted.smpp_port)
    sms = serve_aggregator(Aggregator(store, behaviour, callbacks, wanted.password), wanted.host, wanted.sms_port)
    folder = wanted.store / "signing"
    signers, where = keys(folder)
    service = RemoteSigning(
        store, behaviour, people=wanted.people, authority=wanted.authority, keys=signers, folder=folder,
        token=secret("remote-signing", folder=wanted.secrets),
    )  # fmt: skip
    signing = serve_remote_signing(service, wanted.host, wanted.signing_port)
    print(f"remote signing: keys in {where}", file=sys.stderr, flush=True)  # noqa: T201
    temper = Temper()
    apps = Authenticators(wanted.people, secret(SECRET, folder=wanted.secrets))
    bank = Bank(wanted.bank_notices, secret(BANK_NOTICES, folder=wanted.secrets), wanted.store)
    page = serve_page(store, temper, apps, bank, wanted.host, wanted.page_port)
    authority = TimestampAuthority(lambda: wanted.authority, temper)
    stamps = serve_timestamps(authority, wanted.host, wanted.timestamps_port)
    identity = serve_identity(wanted.people, wanted.secrets, wanted.host, wanted.identity_port)
    ports = {
        "smtp": mail.sockets[0].getsockname()[1],
        "smpp": centre.sockets[0].getsockname()[1],
        "sms": sms.server_address[1],
        "page": page.server_address[1],
        "timestamps": stamps.server_address[1],
        "signing": signing.server_address[1],
        "identity": identity.server_address[1],
    }
    print(f"ready {json.dumps(ports)}", flush=True)  # noqa: T201
    await _until_stopped(told, parent)
    mail.close()
    centre.close()
    sms.shutdown()
    page.shutdown()
    stamps.shutdown()
    signing.shutdown()
    identity.shutdown()


def _told_to_stop() -> asyncio.Event:
    """Set by SIGTERM or SIGINT from now on."""
    told = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    return told


async def _until_stopped(told: asyncio.Event, parent: int) -> None:
    """Wait for a signal or for the end of the process that started this one."""
    while not told.is_set() and os.getppid() == parent:
        try:
            await asyncio.wait_for(told.wait(), _LOOK_FOR_PARENT_SECONDS)
        except TimeoutError:
            continue


def main() -> int:
    """Run until told to stop. A port that is taken is said in one sentence."""
    wanted = _arguments()
    try:
        asyncio.run(_run(wanted))
    except OSError as taken:
        print(f"Không mở được cổng cho tin nhắn và thư của bản trình diễn: {taken}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

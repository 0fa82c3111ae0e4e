"""The remote signing service of the counter-parties, in threads of the test (a process of its own has SoftHSM)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from pytest_django import Settings

from ansinh.counterparty.behaviour import Behaviour
from ansinh.counterparty.csc import RemoteSigning, serve_remote_signing
from ansinh.counterparty.csc_keys import PERSONAL_DIGITS, FileKeys
from ansinh.counterparty.store import Store

PHONE = "84905000278"


@dataclass
class Running:
    """The service, and the telephone its codes arrive at."""

    store: Store
    moods: dict[str, str]
    url: str

    def code(self) -> str:
        """The newest one-time code."""
        found = re.search(r"\d{6}", self.store.newest(containing=PHONE)[0].text)
        assert found is not None
        return found[0]


@contextmanager
def remote_signing(settings: Settings, folder: Path, *, number: str, name: str, at: datetime) -> Iterator[Running]:
    """The service with one person or, by a tax code, one organisation, offered by the portal for the block."""
    people = folder / "people.yaml"
    folder.mkdir(parents=True)
    listed: dict[str, list[dict[str, Any]]] = {"persons": [{"login": number, "name": name, "phone": PHONE}]}
    if len(number) < PERSONAL_DIGITS:
        listed = {"organisations": [{"tax_code": number, "name": name, "contact": {"phone": PHONE}}]}
    people.write_text(yaml.safe_dump(listed, allow_unicode=True))
    store, moods = Store(folder / "arrived"), dict[str, str]()
    service = RemoteSigning(
        store, Behaviour(moods=moods), people=people, authority=Path(settings.SIGNING_DIR),
        keys=FileKeys(folder / "keys"), folder=folder / "keys", token="shared", now=lambda: at,
    )  # fmt: skip
    server = serve_remote_signing(service, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.server_port}"
    settings.DEMO_REMOTE_SIGNING_URL, settings.DEMO_REMOTE_SIGNING_TOKEN = url, "shared"
    try:
        yield Running(store, moods, url)
    finally:
        settings.DEMO_REMOTE_SIGNING_URL = ""
        server.shutdown()
        server.server_close()

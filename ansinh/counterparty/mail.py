"""The mail server: real SMTP, keeps every letter it takes."""

from __future__ import annotations

import asyncio
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.smtp import SMTP

from ansinh.counterparty.behaviour import Behaviour
from ansinh.counterparty.store import Store

_REFUSALS = {"refuse": "550 5.1.1 No such mailbox", "busy": "451 4.3.0 Try again later"}


class Letters:
    """What aiosmtpd asks at each step of a delivery."""

    def __init__(self, store: Store, behaviour: Behaviour) -> None:
        self._store, self._behaviour = store, behaviour

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        """Take or refuse a recipient."""
        refusal = _REFUSALS.get(self._behaviour.mood(address))
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the letter, once for each recipient and Message-ID."""
        letter = message_from_bytes(envelope.content, policy=policy.default)
        body = letter.get_body(preferencelist=("plain", "html"))
        for recipient in envelope.rcpt_tos:
            identity = f"{letter['Message-ID']} {recipient}"
            if self._store.of_request(identity) is None:
                self._store.add(
                    channel="email",
                    sender=str(letter["From"]),
                    recipient=recipient,
                    subject=str(letter["Subject"] or ""),
                    text=body.get_content().replace("\r\n", "\n") if body is not None else "",
                    way="SMTP",
                    request_id=identity,
                )
        return "250 OK"


async def serve_mail(store: Store, behaviour: Behaviour, host: str, port: int) -> asyncio.Server:
    """Listen for SMTP."""
    letters = Letters(store, behaviour)
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: SMTP(letters, enable_SMTPUTF8=True, hostname="counterparty.localhost", loop=loop), host, port
    )

"""SMS over SMPP 3.4 straight to a carrier: one transceiver session a process, with delivery receipts.

The session (bind, enquire_link, reconnection) is aiosmpplib's, in a thread of its own. The text is cut here: 7-bit
default alphabet (data_coding 0) or UCS-2 (8), parts with a concatenation header (esm_class 0x40).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

from aiosmpplib import NPI, TON, GSM7BitCodec, PhoneNumber, SmppCommandStatus, SubmitSm

from ansinh.notifications import gsm
from ansinh.notifications.options import Options
from ansinh.notifications.providers.base import Outgoing, PermanentFailure, Provider, TemporaryFailure
from ansinh.notifications.providers.smpp_session import RecordReport, Session

_UDH_FLAG = 0b0100_0000
_TEMPORARY = frozenset(
    {
        SmppCommandStatus.ESME_RTHROTTLED,
        SmppCommandStatus.ESME_RMSGQFUL,
        SmppCommandStatus.ESME_RSYSERR,
        SmppCommandStatus.ESME_RINVBNDSTS,
    }
)
_concatenations = count(1)
_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Piece:
    """One part of a text as it travels."""

    octets: bytes
    seven_bit: bool
    has_header: bool


class SmppSms(Provider):
    """The carrier's centre at `options.smpp_host` and `options.smpp_port`."""

    name = "sms_smpp"
    channel = "sms"

    def __init__(self, options: Options, record: RecordReport) -> None:
        self._options, self._record = options, record

    def send(self, message: Outgoing, *, at: datetime) -> str:
        """Hand over every part. The reference is the centre's identifier of the last part."""
        del at
        return link_for(self._options, self._record).submit(
            [self._submit_sm(message, piece) for piece in pieces(message.body)]
        )

    def _submit_sm(self, message: Outgoing, piece: Piece) -> SubmitSm:
        sms = SubmitSm(
            short_message=message.body,
            source=PhoneNumber(self._options.sms_brandname, TON.ALPHANUMERIC, NPI.UNKNOWN),
            destination=PhoneNumber(message.recipient, TON.INTERNATIONAL, NPI.ISDN),
            esm_class=_UDH_FLAG if piece.has_header else 0,
            registered_delivery=1,
            encoding=None if piece.seven_bit else "ucs2",
            log_id=str(message.id),
        )
        sms.set_encoded_message(piece.octets)
        return sms


def pieces(text: str) -> list[Piece]:
    """The parts of a text, encoded; several have a concatenation header each (3GPP TS 23.040, 9.2.3.24.1)."""
    seven_bit = gsm.is_gsm(text)
    cut = gsm.parts(text)
    bodies = [GSM7BitCodec().encode(part)[0] if seven_bit else part.encode("utf-16-be") for part in cut]
    if len(cut) == 1:
        return [Piece(bodies[0], seven_bit=seven_bit, has_header=False)]
    reference = next(_concatenations) % 256
    return [
        Piece(bytes((5, 0, 3, reference, len(cut), place)) + body, seven_bit=seven_bit, has_header=True)
        for place, body in enumerate(bodies, start=1)
    ]


class Link:
    """A session in its own thread, for a process that is not asynchronous."""

    def __init__(self, options: Options, record: RecordReport) -> None:
        self._timeout = options.timeout_seconds
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._live, name="smpp", daemon=True)
        self._thread.start()
        self._session = self._run(_opened(options, record))

    def submit(self, parts: list[SubmitSm]) -> str:
        """Send the parts in order and wait for each answer. Raises TemporaryFailure or PermanentFailure."""
        reference = ""
        for part in parts:
            try:
                status, reference = self._run(self._session.submit(part, timeout=self._timeout))
            except (OSError, TimeoutError) as broken:
                raise TemporaryFailure("network-unreachable", repr(broken)) from broken
            if status in _TEMPORARY:
                raise TemporaryFailure("network-busy", status.name)
            if status != SmppCommandStatus.ESME_ROK:
                raise PermanentFailure("recipient-refused", status.name)
        return reference

    def close(self) -> None:
        """Unbind and end the thread."""
        self._run(self._session.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _live(self) -> None:
        self._loop.run_forever()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


async def _opened(options: Options, record: RecordReport) -> Session:
    return Session(options, record)


_links: dict[Options, Link] = {}
_linking = threading.Lock()


def link_for(options: Options, record: RecordReport) -> Link:
    """This process's session with the centre of these options, opened at first use."""
    with _linking:
        if options not in _links:
            _links[options] = Link(options, record)
        return _links[options]


def close_links() -> None:
    """Unbind every session of this process, before it ends."""
    with _linking:
        while _links:
            _links.popitem()[1].close()

"""The message centre: an SMPP 3.4 server for bind, submit_sm, enquire_link, unbind, with delivery receipts."""

from __future__ import annotations

import asyncio
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from struct import pack, unpack, unpack_from

from aiosmpplib import GSM7BitCodec

from ansinh.counterparty.behaviour import Behaviour
from ansinh.counterparty.store import Store

_BINDS = {0x01, 0x02, 0x09}
_SUBMIT, _DELIVER, _UNBIND, _ENQUIRE, _NACK, _ANSWER = 0x04, 0x05, 0x06, 0x15, 0x8000_0000, 0x8000_0000
_OK, _INVALID_COMMAND, _NOT_BOUND, _WRONG_PASSWORD, _BAD_RECIPIENT, _THROTTLED = 0x00, 0x03, 0x04, 0x0E, 0x0B, 0x58
_STATUSES = {"refuse": _BAD_RECIPIENT, "busy": _THROTTLED}
_STATES = {"deliver": ("DELIVRD", "000"), "undelivered": ("UNDELIV", "04B")}
_MOST_PDU = 64 * 1024


@dataclass(frozen=True)
class Submitted:
    """The parts of a submit_sm that matter here."""

    source: str
    destination: str
    esm_class: int
    wants_receipt: bool
    data_coding: int
    octets: bytes


class MessageCentre:
    """Everything that all sessions share."""

    def __init__(self, store: Store, behaviour: Behaviour, password: str) -> None:
        self.store, self.behaviour, self.password = store, behaviour, password
        self._parts: dict[tuple[str, int], dict[int, str]] = {}
        self._numbers = count(1)

    def take(self, sms: Submitted) -> str:
        """Keep a message once its parts are all there; the identifier of this part."""
        text, reference, total, place = _text(sms)
        number = f"{next(self._numbers):08X}"
        parts = self._parts.setdefault((sms.destination, reference), {}) if total > 1 else {}
        parts[place] = text
        if len(parts) == total:
            self._parts.pop((sms.destination, reference), None)
            whole = "".join(parts[one] for one in sorted(parts))
            self.store.add(
                channel="sms", sender=sms.source, recipient=sms.destination, subject="", text=whole, way="SMPP"
            )
        return number


class Session:
    """One bound client."""

    def __init__(self, centre: MessageCentre, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._centre, self._reader, self._writer = centre, reader, writer
        self._bound = False
        self._sequence = count(1)
        self._reports: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Answer until the client leaves."""
        try:
            while await self._one():
                await self._writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ValueError, IndexError):
            pass  # the client is gone or speaks another language
        finally:
            for report in self._reports:
                report.cancel()
            self._writer.close()

    async def _one(self) -> bool:
        length, command, _, sequence = unpack("!IIII", await self._reader.readexactly(16))
        if not 16 <= length <= _MOST_PDU:
            raise ValueError("a PDU of impossible length")
        body = await self._reader.readexactly(length - 16)
        if command in _BINDS:
            self._bind(command, sequence, body)
        elif command == _ENQUIRE:
            self._send(command | _ANSWER, _OK, sequence)
        elif command == _SUBMIT:
            self._submit(sequence, body)
        elif command == _UNBIND:
            self._send(command | _ANSWER, _OK, sequence)
            return False
        elif not command & _ANSWER:
            self._send(_NACK, _INVALID_COMMAND, sequence)
        return True

    def _bind(self, command: int, sequence: int, body: bytes) -> None:
        password = body.split(b"\0")[1]
        self._bound = hmac.compare_digest(password, self._centre.password.encode())
        self._send(command | _ANSWER, _OK if self._bound else _WRONG_PASSWORD, sequence, b"counterparty\0")

    def _submit(self, sequence: int, body: bytes) -> None:
        sms = _submitted(body)
        status = _STATUSES.get(self._centre.behaviour.mood(sms.destination), _OK) if self._bound else _NOT_BOUND
        if status != _OK:
            self._send(_SUBMIT | _ANSWER, status, sequence)
            return
        number = self._centre.take(sms)
        self._send(_SUBMIT | _ANSWER, _OK, sequence, number.encode() + b"\0")
        if sms.wants_receipt:
            task = asyncio.get_running_loop().create_task(self._report(number, sms))
            self._reports.add(task)
            task.add_done_callback(self._reports.discard)

    async def _report(self, number: str, sms: Submitted) -> None:
        state = _STATES.get(self._centre.behaviour.mood(sms.destination))
        if state is None:
            return
        await asyncio.sleep(self._centre.behaviour.delay)
        now = datetime.now(UTC).strftime("%y%m%d%H%M")
        delivered = int(state[0] == "DELIVRD")
        text = (
            f"id:{number} sub:001 dlvrd:{delivered:03d} submit date:{now} done date:{now} "
            f"stat:{state[0]} err:{state[1]} text:"
        ).encode()
        head = b"\0" + b"\1\1" + sms.destination.encode() + b"\0" + b"\5\0" + sms.source.encode() + b"\0"
        head += bytes((0x04, 0, 0)) + b"\0\0" + bytes((0, 0, 0, 0, len(text)))
        self._send(_DELIVER, _OK, next(self._sequence), head + text)

    def _send(self, command: int, status: int, sequence: int, body: bytes = b"") -> None:
        self._writer.write(pack("!IIII", 16 + len(body), command, status, sequence) + body)


def _submitted(body: bytes) -> Submitted:
    _service, rest = _string(body)
    source, rest = _string(rest[2:])
    destination, rest = _string(rest[2:])
    esm_class, (_schedule, rest) = rest[0], _string(rest[3:])
    _validity, rest = _string(rest)
    registered, data_coding, length = rest[0], rest[2], rest[4]
    octets = rest[5 : 5 + length]
    return Submitted(source, destination, esm_class, bool(registered & 1), data_coding, octets)


def _text(sms: Submitted) -> tuple[str, int, int, int]:
    """The text of a part with its reference, the number of parts and its place."""
    octets, reference, total, place = sms.octets, 0, 1, 1
    if sms.esm_class & 0x40:
        reference, total, place = unpack_from("!BBB", octets, 3)
        octets = octets[octets[0] + 1 :]
    text = octets.decode("utf-16-be") if sms.data_coding == 8 else str(GSM7BitCodec().decode(octets)[0])
    return text, reference, total, place


def _string(octets: bytes) -> tuple[str, bytes]:
    value, _, rest = octets.partition(b"\0")
    return value.decode("ascii"), rest


async def serve_smpp(centre: MessageCentre, host: str, port: int) -> asyncio.Server:
    """Listen for clients."""

    async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await Session(centre, reader, writer).run()

    return await asyncio.start_server(session, host, port)

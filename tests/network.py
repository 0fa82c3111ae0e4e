"""No test reaches beyond this machine."""

import ipaddress
import socket
from typing import Any


class OutsideConnection(AssertionError):
    """A test tried to reach another machine."""


def refuse_outside_connections() -> None:
    """From now on sockets of this process connect to loopback addresses and unix sockets only."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: Any) -> None:
        _check(self, address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        _check(self, address)
        return connect_ex(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign, assignment]
    socket.socket.connect_ex = guarded_ex  # type: ignore[method-assign, assignment]


def _check(connection: socket.socket, address: Any) -> None:
    if connection.family not in {socket.AF_INET, socket.AF_INET6}:
        return
    host = address[0]
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise OutsideConnection(f"a test tried to reach {host}")

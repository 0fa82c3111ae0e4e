"""From where a request comes: the address of the client, also behind our own proxy."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any


def client_address(meta: Mapping[str, Any], *, behind_proxy: bool) -> str:
    """The client's address in a WSGI environment; behind our proxy the last hop it names. Empty when there is none."""
    address = str(meta.get("REMOTE_ADDR", ""))
    if behind_proxy:
        address = str(meta.get("HTTP_X_FORWARDED_FOR", address)).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""

"""How a telephone number or mailbox is shown where others may read."""

from __future__ import annotations

from ansinh.law.identifiers import mask_phone


def masked(recipient: str) -> str:
    """`09•• ••• 278` for a number 84…, `la••@example.vn` for an address."""
    if "@" not in recipient:
        return mask_phone(recipient)
    name, _, domain = recipient.partition("@")
    return f"{name[:2]}••@{domain}"

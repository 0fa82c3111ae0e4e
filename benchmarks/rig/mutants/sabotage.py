"""A check that is deliberately bad, to see that the run turns red: it looks at one signature value and nothing else,
and it follows every address that a file names."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from urllib.request import urlopen

from benchmarks.rig.mutants.kinds import Kind

_ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/")


def gullible(kind: Kind) -> Kind:
    """The kind with a check that believes whatever carries a signature."""
    return replace(kind, accepts=_accepts)


def _accepts(content: bytes) -> bool:
    for address in _ADDRESS.findall(content):
        with suppress(OSError):
            urlopen(address.decode(), timeout=1).close()
    return b"<SignatureValue>" in content or b"/ByteRange" in content

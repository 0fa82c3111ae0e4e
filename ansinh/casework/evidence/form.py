"""The spelling of values in a bundle."""

import json
from typing import Any


def as_json(value: Any) -> bytes:
    """JSON for programs that people can read, too; moments and days in ISO 8601."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=_plain).encode() + b"\n"


def _plain(value: Any) -> str:
    return str(value.isoformat() if hasattr(value, "isoformat") else value)

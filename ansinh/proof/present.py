"""Does what a paper proved when it was made still fit the log as it is today?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from ansinh.proof import notes
from ansinh.proof.inclusion import KIND
from ansinh.proof.merkle import leaf_hash, root_from_inclusion
from ansinh.proof.models import Checkpoint
from ansinh.proof.tree import range_of


class Fit(Enum):
    """How a proof and the present log go together."""

    FITS = "the proof is right and the log still begins with what its checkpoint sealed"
    WRONG = "the proof does not lead to a checkpoint that we signed"
    DISAGREES = "the proof is right, but the log today does not have that checkpoint: it was cut back or rewritten"


@dataclass(frozen=True)
class Looked:
    """What was found about one proof; the event's state and the checkpoint's moment when the proof is right."""

    fit: Fit
    index: int = 0
    size: int = 0
    sealed_at: datetime | None = None
    table: str = ""
    to_state: str = ""


def look(proof: Mapping[str, Any]) -> Looked:
    """Check one proof of a paper. Whatever a stranger wrote into it gets an answer, never an error."""
    try:
        return _look(proof)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return Looked(Fit.WRONG)


def _look(proof: Mapping[str, Any]) -> Looked:
    signed, index, size = str(proof["checkpoint"]), int(proof["index"]), int(proof["size"])
    note = notes.read(signed)
    path = [bytes.fromhex(one) for one in proof["path"]]
    root = root_from_inclusion(leaf_hash(str(proof["line"]).encode()), index=index, size=size, path=path)
    if proof["kind"] != KIND or root != note.root or size != note.size or not notes.is_ours(signed):
        return Looked(Fit.WRONG)
    line = json.loads(proof["line"])
    fit = Fit.FITS if _log_has(signed, size, note.root) else Fit.DISAGREES
    return Looked(fit, index, size, note.at, line["table"], line["to"])


def _log_has(signed: str, size: int, root: bytes) -> bool:
    """The very checkpoint is kept, and today's leaves still give its root."""
    if not Checkpoint.objects.filter(size=size, note=signed).exists():
        return False
    try:
        return range_of(size).root() == root
    except KeyError:
        return False

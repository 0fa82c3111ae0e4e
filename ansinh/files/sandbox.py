"""Decoding of strangers' files in a child process with limits, so that a hostile file harms only its own upload."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO, Final, Literal

from ansinh.files.limits import MAX_PAGES, MAX_PIXELS, MIN_SIDE

DECODER: Final = Path(__file__).parent / "decoder.py"
WALL_SECONDS: Final = 20.0
REFUSED_STATUS: Final = 3
_log = logging.getLogger(__name__)


class Undecodable(Exception):
    """The child refused the file or did not survive it; `code` is one of files/refusals.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decode(file: BinaryIO, action: Literal["inspect", "preview"], **asked: int) -> bytes:
    """The child's answer about `file` (a real file, read from its beginning).

    The child gets no environment, 10 s of processor, 512 MiB of memory and 20 s in all. Raises
    Undecodable: with the child's own code, or "file-too-heavy" when it died or ran out of time.
    """
    file.seek(0)
    limits = {"max_pages": MAX_PAGES, "max_pixels": MAX_PIXELS, "min_side": MIN_SIDE}
    command = [sys.executable, "-I", "-B", str(DECODER), action, json.dumps(limits | asked)]
    try:
        done = subprocess.run(
            command, stdin=file, capture_output=True, env={}, cwd="/", timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Undecodable("file-too-heavy") from error
    if done.stderr:
        _log.info("a file was not decoded: %s", done.stderr[-600:].decode("utf-8", "replace"))
    if done.returncode == REFUSED_STATUS:
        raise Undecodable(done.stdout.decode("ascii"))
    if done.returncode != 0:
        raise Undecodable("file-too-heavy")
    return done.stdout

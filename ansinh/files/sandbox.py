"""Decoding of strangers' files in a child process with limits, so that a hostile file harms only its own upload."""

import base64
import logging
from typing import BinaryIO, Final, Literal

from ansinh.files.limits import MAX_PAGES, MAX_PIXELS, MIN_SIDE
from ansinh.platform.apart.workers import ChildFailed, Workers

DECODERS: Final = Workers({"inspect": "ansinh.files.decoder:inspected", "preview": "ansinh.files.decoder:previewed"})
_log = logging.getLogger(__name__)


class Undecodable(Exception):
    """The child refused the file or did not survive it; `code` is one of files/refusals.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decode(file: BinaryIO, action: Literal["inspect", "preview"], **asked: int) -> bytes:
    """The child's answer about `file` (a real file, read from its beginning).

    The child gets no environment, 10 s of processor, 512 MiB of memory and 20 s in all
    (docs/decisions/0010). Raises Undecodable: with the child's own code, or "file-too-heavy" when
    it died or ran out of time.
    """
    file.seek(0)
    limits = {"max_pages": MAX_PAGES, "max_pixels": MAX_PIXELS, "min_side": MIN_SIDE}
    try:
        answer = DECODERS.ask(action, file, **(limits | asked))
    except ChildFailed as died:
        raise Undecodable("file-too-heavy") from died
    if "fault" in answer:
        _log.info("a file was not decoded: %s", answer["fault"][-600:])
    if "refused" in answer:
        raise Undecodable(answer["refused"])
    return base64.b64decode(answer["octets"])

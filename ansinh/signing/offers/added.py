"""What was added to an offered PDF: its signature and nothing else? Run as a program, within limits, as examine.py is.

The offered bytes must be the exact beginning of the signed file, and the version they make may differ from the last
one only by a signature's field, its appearance and validation material. A file that was written anew is not it,
whatever it shows: nobody can tell by machine that two PDFs say the same.
"""

import io
import json
import logging
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel, SuspiciousModification

from ansinh.signing.examine import CPU_SECONDS, MALFORMED, MEMORY

WALL_SECONDS: Final = 20.0
_PROJECT: Final = Path(__file__).resolve().parents[3]


def only_signed(offered: bytes, signed: bytes) -> bool:
    """Whether `signed` is `offered` with signatures added, judged in a child process (10 s, 512 MiB)."""
    if len(signed) <= len(offered) or not signed.startswith(offered):
        return False
    command = [sys.executable, "-B", "-m", "ansinh.signing.offers.added", str(len(offered))]
    try:
        done = subprocess.run(
            command, input=signed, capture_output=True, env={}, cwd=_PROJECT, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0 and json.loads(done.stdout) is True


def adds_only_signatures(signed: bytes, *, offered_size: int) -> bool:
    """Whether the versions after the first `offered_size` bytes add nothing but signatures and what proves them."""
    try:
        revision = PdfFileReader(io.BytesIO(signed[:offered_size])).xrefs.total_revisions - 1
        reader = PdfFileReader(io.BytesIO(signed), strict=False)
        last = reader.xrefs.total_revisions - 1
        if last <= revision:
            return False
        found = DEFAULT_DIFF_POLICY.apply(
            reader.get_historical_resolver(revision), reader.get_historical_resolver(last)
        )
        fields = {signature.field_name for signature in reader.embedded_signatures}
    except (SuspiciousModification, PdfError, *MALFORMED):
        return False
    return found.modification_level <= ModificationLevel.FORM_FILLING and found.changed_form_fields <= fields


def main() -> int:
    """Standard input: the signed PDF; the argument: how many of its bytes were offered. Output: true or false."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    logging.disable(logging.CRITICAL)
    judged = adds_only_signatures(sys.stdin.buffer.read(), offered_size=int(sys.argv[1]))
    sys.stdout.write(json.dumps(bool(judged)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

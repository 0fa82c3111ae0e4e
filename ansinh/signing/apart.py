"""PDFs of strangers are opened in children of their own, never here (docs/decisions/0010)."""

from typing import Final

from ansinh.platform.apart.workers import Workers

READERS: Final = Workers(
    {"examine": "ansinh.signing.examine:examined", "added": "ansinh.signing.offers.added:adds_only_signatures"}
)
"""What is read in them: the signatures a PDF shows; whether a signed PDF is the offered one."""

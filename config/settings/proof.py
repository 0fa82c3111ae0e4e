"""The log that proves: its name, its copies, and how long it may stay behind."""

import os
from datetime import timedelta
from pathlib import Path

from config.settings.places import VAR_DIR

PROOF_LOG_NAME = os.environ.get("ANSINH_LOG_NAME", "an-sinh/audit-log")
"""First line of every checkpoint, without blanks; a log keeps the name it began with."""
PROOF_PLACES = [
    Path(folder)
    for folder in os.environ.get("ANSINH_PROOF_PLACES", f"{VAR_DIR}/proof/first:{VAR_DIR}/proof/second").split(":")
]
"""Where the log is copied to, at least two folders: in earnest on other disks or machines, with other owners."""
PROOF_UNSEALED_LIMIT = timedelta(hours=float(os.environ.get("ANSINH_UNSEALED_HOURS", "4")))
"""When something waits longer than this to be sealed, officers decide nothing more."""
PROOF_STAMP_EVERY = timedelta(hours=1)

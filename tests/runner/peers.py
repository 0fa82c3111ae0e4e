"""Counter-parties that need Node."""

import shutil


def announce() -> None:
    """Say whether the tests marked `peer` can run."""
    if shutil.which("node") is None:
        print("Missing: Node; the counter-parties that need it (--peers) are left out.", flush=True)


def usable() -> bool:
    """Whether Node is there."""
    return shutil.which("node") is not None

"""Get Debian's Chromium for the journeys when that is allowed; else say in one line what is missing."""

import os
import shutil
import subprocess

from tests.chromium import find_chromium


def ensure() -> None:
    """Install Chromium as root on Debian, aloud; never fail because of it."""
    if find_chromium():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Debian's Chromium for the browser journeys (apt-get install chromium) …", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "-qq", "update"],
            ["apt-get", "-qq", "install", "--no-install-recommends", "-y", "chromium"],
        ):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    if not find_chromium():
        print("Missing: Chromium (apt install chromium); the browser journeys will be skipped.", flush=True)

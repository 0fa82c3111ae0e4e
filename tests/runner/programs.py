"""Get from Debian what some tests need beside Python, when that is allowed; else say in one line what is missing."""

import os
import shutil
import subprocess

from tests.chromium import find_chromium


def ensure() -> None:
    """Install what is missing as root on Debian, aloud; never fail because of it."""
    if (wanted := missing()) and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing for the tests: apt-get install {' '.join(wanted)} …", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "-qq", "install", "--no-install-recommends", "-y", *wanted]
        for command in (["apt-get", "-qq", "update"], install):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    if wanted := missing():
        print(f"Missing, and their tests are skipped: {' '.join(wanted)} (apt install {' '.join(wanted)})", flush=True)


def missing() -> list[str]:
    """Debian packages that are needed and absent: the browser, second opinions on signatures, a token in software."""
    packages = {
        "chromium-headless-shell": find_chromium(),
        "poppler-utils": shutil.which("pdfsig"),
        "xmlsec1": shutil.which("xmlsec1"),
        "openssl": shutil.which("openssl"),
        "softhsm2": shutil.which("softhsm2-util"),
    }
    return [name for name, path in packages.items() if path is None]

"""Get from Debian what some tests need beside Python, when that is allowed; else say in one line what is missing."""

import os
import shutil
import subprocess
import sys
import sysconfig

from tests.chromium import find_chromium
from tests.runner.sections import ROOT, environment


def ensure() -> None:
    """Install what is missing as root on Debian, aloud; never fail because of it."""
    if (wanted := missing()) and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing for the tests: apt-get install {' '.join(wanted)} …", flush=True)
        compiling = _compile()  # meanwhile: a fresh machine mostly waits for packages
        install = ["apt-get", "-qq", "install", "--no-install-recommends", "-y", *wanted]
        for command in (["apt-get", "-qq", "update"], install):
            quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(command, env=quietly, stdout=subprocess.DEVNULL, check=False)
        compiling.wait()
    if wanted := missing():
        print(f"Missing, and their tests are skipped: {' '.join(wanted)} (apt install {' '.join(wanted)})", flush=True)


def _compile() -> subprocess.Popen[bytes]:
    """Begin to compile what every section imports: together they would all compile the same at their start."""
    folders = [str(ROOT / "ansinh"), str(ROOT / "config"), sysconfig.get_path("purelib")]
    return subprocess.Popen(
        [sys.executable, "-m", "compileall", "-q", "-j", "0", *folders],
        env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


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

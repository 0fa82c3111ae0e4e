"""The production profile passes Django's own deployment checks."""

import os
import subprocess
import sys

from tests.house.source import ROOT


def test_the_production_profile_passes_the_deployment_checks() -> None:
    environment = os.environ | {
        "ANSINH_DEMO": "0",
        "ANSINH_PKCS11_MODULE": "/opt/token/module.so",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    result = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr

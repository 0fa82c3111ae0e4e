"""The counter-parties on Node, installed once as the lock file pins them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the counter-parties and their libraries."""
    folder = tmp_path_factory.mktemp("peers")
    for pattern in ("package*.json", "*.cjs", "*.mjs"):
        for path in HERE.glob(pattern):
            shutil.copy(path, folder)
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    subprocess.run(command, cwd=folder, check=True, timeout=180)
    return folder

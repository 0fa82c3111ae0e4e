"""Bringing an installation up to date: tables, procedures, the demonstration's world, static files."""

import hashlib
from datetime import datetime
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from ansinh.catalogue.errors import FolderError
from ansinh.catalogue.freeze import freeze_all
from ansinh.cli.launcher.words import foreign_keys, procedure_fault
from ansinh.platform.sealed_fields.rows import first_faults
from ansinh.walls.drift import keep_blueprint


def migrate(at: datetime) -> None:
    """Create or change the tables, and note what guards there must be from now on.

    Raises CannotStart when the sealed numbers of the database belong to other keys: nobody would be found by number,
    and everybody could be registered a second time.
    """
    call_command("migrate", interactive=False, verbosity=0)
    keep_blueprint(at=at)
    if faults := first_faults():
        raise foreign_keys(faults[0])


def freeze_procedures(at: datetime) -> None:
    """Check the procedure folders and freeze what changed as new versions."""
    try:
        freeze_all(at=at)
    except FolderError as fault:
        raise procedure_fault(fault) from fault


def load_demonstration(at: datetime) -> None:
    """Load the demonstration's world once, and leave its examples to the worker (unless ANSINH_DEMO_EXAMPLES=0);
    loading again changes nothing.
    """
    first = import_module("ansinh.demo").load(at=at)  # by name: the demonstration stands above the commands
    if first and settings.DEMO_EXAMPLES:
        import_module("ansinh.demo.examples").defer_examples(at=at)


def collect_static_files() -> None:
    """Copy, hash and compress the static files when they changed."""
    stamp = Path(settings.STATIC_ROOT) / ".made-from"
    wanted = _fingerprint([Path(folder) for folder in settings.STATICFILES_DIRS])
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(wanted, encoding="ascii")


def _fingerprint(folders: list[Path]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                state = path.stat()
                digest.update(f"{path.relative_to(folder)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()

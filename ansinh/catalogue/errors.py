"""The error of a procedure folder."""

from __future__ import annotations

from ansinh.eforms.errors import FormError


class FolderError(FormError):
    """A procedure folder is wrong: ``procedures/x/2025-07-01/form.yaml:12: …``."""

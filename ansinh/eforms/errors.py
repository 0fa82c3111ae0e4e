"""The error of a form definition (not of a person's answers)."""

from __future__ import annotations


class FormError(ValueError):
    """A form definition is wrong; the text names file and line, then what is wrong."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}")
        self.where = where
        self.message = message

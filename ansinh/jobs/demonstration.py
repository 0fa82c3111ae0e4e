"""The job of the demonstration: file one example of a procedure, after the first start, behind all other work."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

from ansinh.platform.queue import task


@task("demonstration_example")
def file_example(*, slug: str, number: int, at: datetime) -> None:
    """File it, and let the invented office work on it."""
    import_module("ansinh.demo.examples").file_example(
        slug, number=number, at=at
    )  # by name: the demonstration is above

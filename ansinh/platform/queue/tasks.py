"""Who does which work. Handlers live in the package that settings.JOBS_PACKAGE names."""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from django.conf import settings

from ansinh.platform.errors import NotFound

Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True)
class Task:
    """A named handler. With `batch` above 1 it is called as `handler(batch=[arguments, …], at=…)`, at most so many."""

    name: str
    handler: Callable[..., Any]
    batch: int


_tasks: dict[str, Task] = {}


def task(name: str, *, batch: int = 1) -> Callable[[Handler], Handler]:
    """Register the handler of jobs called `name`: `handler(at=…, **arguments)`, run inside a transaction.

    Its database effects happen exactly once. What leaves the database (an e-mail) can happen again after a crash:
    give it an identifier its receiver can recognise.
    """

    def register(handler: Handler) -> Handler:
        if name in _tasks and _tasks[name].handler.__qualname__ != handler.__qualname__:
            raise ValueError(f"two handlers for the job {name}")
        _tasks[name] = Task(name, handler, batch)
        return handler

    return register


def find_task(name: str) -> Task:
    """The task called `name`. Raises NotFound for a job nobody does."""
    load_tasks()
    try:
        return _tasks[name]
    except KeyError as absent:
        raise NotFound("no-such-task", "Không có chương trình xử lý công việc {name}.", name=name) from absent


def task_names() -> frozenset[str]:
    """Every job somebody does."""
    load_tasks()
    return frozenset(_tasks)


@cache
def load_tasks() -> None:
    """Import every module of the jobs package, so that its handlers register."""
    package = import_module(settings.JOBS_PACKAGE)
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        import_module(module.name)

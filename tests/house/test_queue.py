"""Every job that is queued has somebody who does it."""

import ast

from ansinh.platform.queue.tasks import task_names
from tests.house.source import modules, tree


def test_every_queued_name_has_a_handler() -> None:
    """Names given as text; names given by a constant are checked where the constant is text in the same module."""
    queued = {
        call.args[0].value
        for path in modules("ansinh")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in {"defer", "defer_many", "queue.defer", "queue.defer_many"}
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    assert queued <= task_names()

"""`ansinh COMMAND …`: finds the command's module and runs it."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from ansinh.platform.errors import DomainError
from ansinh.platform.row_security.viewer import as_the_house

COMMANDS = {
    "start": "chạy toàn bộ hệ thống trên máy này / run the whole system on this machine",
    "migrate": "cập nhật cơ sở dữ liệu và đóng băng thủ tục / bring database and procedures up to date",
    "demo": "tạo dữ liệu minh hoạ, nhỏ hay lớn / make demonstration data, small or large",
    "procedures": "kiểm tra các thư mục thủ tục / check the procedure folders",
    "numbers": "dải mã số BHXH cấp lần đầu / ranges of first social insurance numbers",
    "import": "nạp danh mục xã, phường / load a list of communes",
    "proof": "kiểm tra nhật ký và các bản lưu / check the log and its copies",
    "statistics": "đối chiếu số liệu với đếm lại / compare the counts with a recount",
    "law": "tính thử một quyền lợi theo luật / work out a benefit by the law",
}
"""Each command is the module of its name in this package, with `add_arguments(parser)` and `run(arguments)`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not given or given[0] not in COMMANDS:
        return _help(given)
    module = _module(given[0])
    parser = argparse.ArgumentParser(
        prog=f"ansinh {given[0]}", description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    module.add_arguments(parser)
    try:
        with as_the_house():
            status: int = module.run(parser.parse_args(given[1:]))
    except DomainError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return status


def _module(command: str) -> ModuleType:
    return import_module(_module_name(command))


def _help(given: Sequence[str]) -> int:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {words}" for name, words in COMMANDS.items() if find_spec(_module_name(name))]
    asked = not given or given[0] in {"-h", "--help"}
    text = "\n".join(
        [
            "An Sinh: dịch vụ công của Bảo hiểm xã hội / the public services of social insurance",
            "",
            "usage: ansinh COMMAND [--help]",
            "",
            *lines,
        ]
    )
    print(text, file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def _module_name(command: str) -> str:
    return f"ansinh.cli.{'import_lists' if command == 'import' else command}"

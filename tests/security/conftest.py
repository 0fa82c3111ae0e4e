"""The invented world, a browser, a program with a token."""

from tests.api.conftest import program, signed_in
from tests.web.citizen.conftest import browser, settled, stranger, world

__all__ = ["browser", "program", "settled", "signed_in", "stranger", "world"]

"""The demonstration: an invented world to try every page with, small for `./start`, large for measurements."""

from ansinh.demo.accounts import DemoAccount, accounts
from ansinh.demo.load import load

__all__ = ["DemoAccount", "accounts", "load"]

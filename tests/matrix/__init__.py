"""The authorisation matrix: every address × method × principal × thing, each cell declared, nothing told to strangers.

A new kind of person is one file in `principals`; a new address is one word in `tests/house/routes.py`.
"""

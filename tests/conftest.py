"""Fixtures of every test. The database and the rules of the run are set up in `tests/environment.py`."""

"""The outside world of a demonstration or a test: a mail server, an SMS aggregator and an SMPP message centre.

They speak the real protocols on ports of this machine, keep what they get under one folder and show it on a page.
Run with `python -m ansinh.counterparty`. Never run it in an installation that serves people: codes are readable there.
"""

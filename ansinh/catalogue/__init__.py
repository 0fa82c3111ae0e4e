"""Loads procedure folders, freezes their versions, answers what is open on a day."""

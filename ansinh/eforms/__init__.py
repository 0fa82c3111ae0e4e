"""Electronic forms as data: definition, conditions, reading, checking and showing answers.

Pure Python: no framework, no clock, no database. The day is an argument.
"""

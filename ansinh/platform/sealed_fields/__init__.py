"""Numbers that the database keeps sealed: bound to their row, found by a blind index, under keys that change."""

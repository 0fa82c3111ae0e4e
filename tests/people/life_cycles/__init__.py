"""Life-cycle cases: a right is held, something ends it, and one second later nothing is done or read under it."""

"""The law of social insurance as pure functions: no framework, no clock, no network."""

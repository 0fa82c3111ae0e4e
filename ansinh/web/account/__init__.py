"""The pages of an account's doors, for citizens and officers alike: factors, sessions, proof."""

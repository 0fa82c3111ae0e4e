"""What the tests of the token program stand on: a token in software, people, papers, a portal."""

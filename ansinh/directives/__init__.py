"""Official letters: draft, issue, distribution down to the units, and what came of it."""

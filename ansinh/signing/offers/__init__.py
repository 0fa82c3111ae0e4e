"""Documents offered to a person for signing, and what comes back signed."""

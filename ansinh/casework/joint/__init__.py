"""Papers that both sides sign (contracts, annexes): offered to the applicant, signed there, then by the leader."""

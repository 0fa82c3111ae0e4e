"""Signatures on papers, the evidence of confirmations, and the keys both need."""

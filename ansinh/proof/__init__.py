"""The log that proves: audit events in a Merkle tree, sealed checkpoints, copies at other places, inclusion proofs."""

"""The mouth of deferred work: one small module a topic registers its handlers; `worker` is the loop."""

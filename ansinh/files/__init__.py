"""Papers people hand in: checked by content, kept once by digest, shown as pictures."""

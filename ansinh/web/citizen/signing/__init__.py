"""Pages that confirm a draft with a digital signature: the ways, and one page for each."""

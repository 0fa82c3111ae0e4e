"""Pages of acting for a child or another person: whom, with which rights, until when, and what was done."""

"""The apology with its new date: drafted before the overrun, signed by a leader, once for each due date."""

"""The programming interface, through its addresses."""

"""Health-insurance cards checked at a facility's counter: what was asked, what is answered, who is told."""

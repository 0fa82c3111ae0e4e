"""Reference rows every installation begins with: provinces, provincial offices, the calendar, support lines."""

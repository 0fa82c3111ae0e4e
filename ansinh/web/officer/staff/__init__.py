"""Pages for those who manage the people of an office, and every officer's own duties."""

"""Monthly benefits: how each stands on a day, and the dated changes that decisions make."""

"""First social insurance numbers (R-172)."""

"""Read models: what directors steer by, counted from the rows themselves."""

"""Cards and books on paper: printed, handed over at the counter or given to the post; the blanks are counted."""

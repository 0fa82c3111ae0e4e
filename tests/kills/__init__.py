"""Nothing acknowledged is lost when processes are killed."""

"""What is held about one person, gathered from every context: counted for the page, written out for the copy."""

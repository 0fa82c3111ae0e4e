"""What an intruder tried. Each test is a way in that was found open, and is shut now."""

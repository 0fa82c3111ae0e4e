"""What a replaced result did is undone by reversing entries, before the new one does its own; nothing is rewritten."""

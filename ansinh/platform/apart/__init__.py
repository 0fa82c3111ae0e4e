"""Work on a stranger's file: each file in a fresh child process, within limits."""

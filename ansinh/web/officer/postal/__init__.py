"""The post at the desk: what goes out and what comes in."""

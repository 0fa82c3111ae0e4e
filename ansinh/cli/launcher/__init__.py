"""What `ansinh start` is made of: checks, steps, services and their supervisor."""

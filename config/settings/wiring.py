"""What the platform looks up by name, because it may not import what stands above it."""

REACTIONS_MODULE = "ansinh.reactions"
JOBS_PACKAGE = "ansinh.jobs"

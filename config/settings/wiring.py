"""What the platform looks up by name, because it may not import what stands above it."""

import os

REACTIONS_MODULE = "ansinh.reactions"
JOBS_PACKAGE = "ansinh.jobs"

PUBLIC_URL = os.environ.get("ANSINH_PUBLIC_URL", "http://localhost:8000")
"""The address that people know, without a slash at its end: for links in messages and codes on papers."""

"""The programming interface: JSON over HTTP, one resource a module, errors with stable codes."""

"""Measurements: each module is one `./bench NAME`, its last printed line PASS or FAIL."""

"""Rights over one's own data: what is held and why, a copy of it, requests with their clocks, consent."""

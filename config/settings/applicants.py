"""How applicants may sign: the token program's port, and the remote signing service of the demonstration."""

import os

TOKEN_PORT = int(os.environ.get("ANSINH_TOKEN_PORT", "48199"))
"""Where the token program answers on a person's own computer; 0: this installation does not offer it."""
DEMO_BANK_URL = os.environ.get("ANSINH_BANK_URL", "")
"""Page of the demonstration's bank, where an order can be paid; empty where real banks are."""
DEMO_REMOTE_SIGNING_URL = os.environ.get("ANSINH_REMOTE_SIGNING_URL", "")
DEMO_REMOTE_SIGNING_TOKEN = os.environ.get("ANSINH_REMOTE_SIGNING_TOKEN", "")
"""Of the demonstration's counter-party; services for real work stand in files (ansinh.signing.remote.services)."""

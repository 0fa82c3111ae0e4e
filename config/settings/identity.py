"""Who else may vouch for a person: the files of identity providers, and the two the demonstration plays itself."""

import os
from pathlib import Path

from config.settings.places import VAR_DIR

IDENTITY_PROVIDERS_DIR = Path(os.environ.get("ANSINH_IDENTITY_PROVIDERS", VAR_DIR / "identity-providers"))
DEMO_IDENTITY_URL = os.environ.get("ANSINH_IDENTITY_URL", "")
"""Of the demonstration's counter-party; providers for real work stand in files (ansinh.people.identity_providers)."""
IDENTITY_KEYS_REST_SECONDS = 30.0
"""A token that names an unknown key makes the portal ask its provider for keys no more often than this."""

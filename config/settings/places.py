"""Where things lie: the checkout, and `var/` for everything that is written."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("ANSINH_VAR", BASE_DIR / "var"))

FILES_DIR = VAR_DIR / "files"
PROCEDURES_DIR = BASE_DIR / "procedures"
ORGANISATION_RULES = Path(
    os.environ.get("ANSINH_ORGANISATION_RULES", BASE_DIR / "ansinh/people/organisations/rules.yaml")
)
"""The agency's dated rules about organisations."""
SIGNING_DIR = VAR_DIR / "signing"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [path for path in (BASE_DIR / "ansinh" / "web" / "static",) if path.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # uploads go to ansinh.platform.storage
    "staticfiles": {"BACKEND": "ansinh.web.static_storage.HashedStaticFiles"},
}
WHITENOISE_MAX_AGE = 3600

"""The parts that Django loads, lowest layer first."""

from importlib.util import find_spec

_CONTEXTS = (
    "platform", "offices", "people", "files", "signing", "notifications", "proof", "registry",
    "catalogue", "dossiers", "payments", "post", "casework", "statistics", "directives", "walls",
)  # fmt: skip

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "csp",
    *(f"ansinh.{name}" for name in _CONTEXTS if find_spec(f"ansinh.{name}")),
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

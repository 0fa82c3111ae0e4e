"""Passwords, cookies, headers. Strict by default; the demonstration on http://localhost loosens only TLS."""

import os

from ansinh.platform.secrets import secret
from ansinh.web.csp import CONTENT_SECURITY_POLICY  # noqa: F401 - a setting
from config.settings.places import VAR_DIR

DEMO = os.environ.get("ANSINH_DEMO") == "1"
DEMO_EXAMPLES = os.environ.get("ANSINH_DEMO_EXAMPLES", "1") == "1"
DEBUG = False
SECRET_KEY = secret("secret-key", folder=VAR_DIR / "secrets")
ALLOWED_HOSTS = os.environ.get("ANSINH_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("ANSINH_ORIGINS", "").split(",") if origin]

AUTH_USER_MODEL = "people.Account"
SILENCED_SYSTEM_CHECKS = ["auth.E003"]
"""A login is unique by its blind index (people.Account), which this check does not see."""
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["ansinh.platform.passwords.BoundedArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

_TLS = not DEMO and os.environ.get("ANSINH_TLS", "1") == "1"
SECURE_SSL_REDIRECT = _TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("ANSINH_BEHIND_PROXY") == "1" else None
SECURE_HSTS_SECONDS = 31_536_000 if _TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _TLS
SECURE_HSTS_PRELOAD = _TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_ENGINE = "ansinh.web.session_store"
SESSION_COOKIE_SECURE = _TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
PASSKEY_RP_ID = os.environ.get("ANSINH_PASSKEY_RP_ID", "")
"""The domain passkeys belong to; empty: the host of the public address. Changing it makes every passkey useless."""

SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SECURE = _TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

"""Jinja2 makes the pages; the middleware around them."""

import os

from config.settings.places import BASE_DIR

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [BASE_DIR / "ansinh" / "web"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "ansinh.web.environment.environment"},
    },
]

MIDDLEWARE = [
    "ansinh.api.profile.LightProfile",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ansinh.web.plain_input.PlainInput",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ansinh.web.middleware.PageMiddleware",
    "ansinh.web.errors.ErrorPages",
    "ansinh.web.account.asking.AskForProof",
]
CSRF_FAILURE_VIEW = "ansinh.web.errors.forbidden"

# Uploads are streamed by the page that takes them; nothing large is read into memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_HANDLERS = ["ansinh.web.uploads.BoundedUpload"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ANSINH_LOG", "WARNING")},
}

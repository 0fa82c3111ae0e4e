"""Django's name for signing."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    """Evidence records; keys lie in files, never in the database."""

    name = "ansinh.signing"
    label = "signing"

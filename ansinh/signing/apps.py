"""Django's name for signing."""

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class SigningConfig(AppConfig):
    """Evidence records; keys lie in a token, never in the database."""

    name = "ansinh.signing"
    label = "signing"

    def ready(self) -> None:
        """Real work needs a token: without a module nothing starts."""
        from ansinh.signing.keys.provider import NO_MODULE

        if not settings.DEMO and not settings.PKCS11_MODULE:
            raise ImproperlyConfigured(NO_MODULE)

"""Django's name for the platform: the tables of the queue and of the audit trail."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Tables that know no domain."""

    name = "ansinh.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"

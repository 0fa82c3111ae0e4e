"""Django's name for the notifications context."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Messages, notices and the delivery log."""

    name = "ansinh.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

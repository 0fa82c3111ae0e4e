"""Django's name for the store of papers."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored files and the papers of each account."""

    name = "ansinh.files"
    label = "files"

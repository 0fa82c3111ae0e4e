"""The log that proves, as a Django application."""

from django.apps import AppConfig


class ProofConfig(AppConfig):
    """`ansinh.proof`."""

    name = "ansinh.proof"
    label = "proof"

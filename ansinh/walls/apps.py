"""Django's registration of the walls: migrations, no models."""

from django.apps import AppConfig


class WallsConfig(AppConfig):
    """The second wall around rows of persons."""

    name = "ansinh.walls"
    label = "walls"

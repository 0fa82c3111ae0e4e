"""Every address of the pages. Each area owns its `urls.py`; its names begin `public:`, `citizen:` and so on."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

AREAS = (
    "ansinh.web.public",
    "ansinh.web.public.account",
    "ansinh.web.account",
    "ansinh.web.citizen",
    "ansinh.web.officer",
    "ansinh.web.officer.assisted",
    "ansinh.web.officer.figures",
)


def _area(package: str) -> list[URLPattern | URLResolver]:
    module = f"{package}.urls"
    return [path("", include(module))] if find_spec(package) and find_spec(module) else []


urlpatterns: list[URLPattern | URLResolver] = [pattern for package in AREAS for pattern in _area(package)]

"""Every address: the API's under /api/, the pages' at the root."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path


def _mouth(prefix: str, module: str) -> list[URLPattern | URLResolver]:
    return [path(prefix, include(module))] if find_spec(module.rpartition(".")[0]) and find_spec(module) else []


urlpatterns = [*_mouth("api/", "ansinh.api.urls"), *_mouth("", "ansinh.web.urls")]
handler403 = "ansinh.web.errors.forbidden"
handler404 = "ansinh.web.errors.not_found"
handler500 = "ansinh.web.errors.failed"

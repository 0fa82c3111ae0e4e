"""Language, letters and headers of every page. One light class: no database, no session read."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes

from ansinh.platform import language
from ansinh.web.csp import PERMISSIONS_POLICY
from ansinh.web.display import (
    BIG,
    LANGUAGE_COOKIE,
    LANGUAGE_PARAMETER,
    LETTERS_COOKIE,
    LETTERS_PARAMETER,
    NORMAL,
    PROVINCE_COOKIE,
    Display,
    kept,
    show,
)
from ansinh.web.sessions import DEVICE_COOKIE, device_mark_to_set

A_YEAR = 365 * 24 * 3600
PREFERENCES = {
    LANGUAGE_PARAMETER: (LANGUAGE_COOKIE, frozenset(language.LANGUAGES)),
    LETTERS_PARAMETER: (LETTERS_COOKIE, frozenset({BIG, NORMAL})),
}
Answer = Callable[[HttpRequest], HttpResponse]


class PageMiddleware:
    """Put it after whitenoise and the session: static files never pass here."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Switch a preference if asked, else answer in the reader's language and letters."""
        wanted = asked_preferences(request)
        if wanted:
            return remember(request, wanted)
        display = preferred(request)
        with language.use(display.language), show(display):
            response = self.get_response(request)
        return with_headers(request, response, display)


def asked_preferences(request: HttpRequest) -> dict[str, str]:
    """Preferences named in the address of a page one reads, by parameter; unknown values are ignored."""
    if request.method not in {"GET", "HEAD"}:
        return {}
    return {
        parameter: request.GET[parameter]
        for parameter, (_, allowed) in PREFERENCES.items()
        if request.GET.get(parameter) in allowed
    }


def remember(request: HttpRequest, wanted: dict[str, str]) -> HttpResponse:
    """Keep the preferences in cookies for a year and lead back to the same address without them."""
    query = urlencode(kept(query_of(request)))
    here = escape_leading_slashes(escape_uri_path(request.path))
    response = HttpResponseRedirect(f"{here}?{query}" if query else here)
    for parameter, value in wanted.items():
        cookie, _ = PREFERENCES[parameter]
        response.set_cookie(cookie, value, max_age=A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    response["Cache-Control"] = "no-store"
    return response


def query_of(request: HttpRequest) -> str:
    """The query as text; WSGI hands over its bytes as latin-1."""
    return str(request.META.get("QUERY_STRING", "")).encode("latin-1", "replace").decode("utf-8", "replace")


def preferred(request: HttpRequest) -> Display:
    """What the cookies say; Vietnamese in normal letters when they say nothing we know."""
    spoken = request.COOKIES.get(LANGUAGE_COOKIE, language.SOURCE)
    return Display(
        language=spoken if spoken in language.LANGUAGES else language.SOURCE,
        big=request.COOKIES.get(LETTERS_COOKIE) == BIG,
        query=query_of(request),
        province=code if (code := request.COOKIES.get(PROVINCE_COOKIE, "")).isascii() and code.isdigit() else "",
    )


def with_headers(request: HttpRequest, response: HttpResponse, display: Display) -> HttpResponse:
    """Say the language, forbid the browser's powers we never use, keep signed-in pages out of every cache."""
    response.headers.setdefault("Content-Language", display.language)
    response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    patch_vary_headers(response, ["Cookie"])
    if mark := device_mark_to_set(request):
        response.set_cookie(
            DEVICE_COOKIE, mark, max_age=A_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    name = settings.SESSION_COOKIE_NAME
    if name in request.COOKIES or name in response.cookies:
        response.headers["Cache-Control"] = "private, no-store"
    return response

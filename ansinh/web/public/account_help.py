"""Help: accounts from registering to a forgotten password, what to bring, the law behind it (R-079); and display."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.platform.language import translate
from ansinh.web.actors import public_page
from ansinh.web.clock import today
from ansinh.web.display import LANGUAGE_PARAMETER, LETTERS_PARAMETER
from ansinh.web.public.frame import HELP, address, frame, show
from ansinh.web.public.listing import by_slug
from ansinh.web.public.service import REGISTRATION
from ansinh.web.public.service_words import law_line


@public_page
def help_page(request: HttpRequest) -> HttpResponse:
    """Questions about accounts, answered."""
    registration = by_slug(today()).get(REGISTRATION)
    return show(
        request,
        "public/help.html",
        frame(request, translate("Trợ giúp về tài khoản"), current=HELP),
        register_href=address("account:register"),
        forgotten_href=address("account:forgotten"),
        registration_href=address("public:service", slug=REGISTRATION) if registration else "",
        laws=_laws(registration),
    )


@public_page
def display(request: HttpRequest) -> HttpResponse:
    """Language and size of letters, as two plain choices."""
    return show(
        request,
        "public/display.html",
        frame(request, translate("Cỡ chữ và ngôn ngữ")),
        language_parameter=LANGUAGE_PARAMETER,
        letters_parameter=LETTERS_PARAMETER,
    )


def _laws(registration: ProcedureFolder | None) -> list[dict[str, str]]:
    return [law_line(one) for one in registration.procedure.legal_basis] if registration else []

"""Look at a paper: a page with its pictures, drawn by the server, so that HEIC and PDF show on every telephone."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ansinh.files.models import Paper
from ansinh.files.preview import preview, preview_type
from ansinh.web.actors import render
from ansinh.web.citizen.frame import PAPERS
from ansinh.web.page import Page

WIDTH = 1280


def page(
    request: HttpRequest,
    paper: Paper,
    *,
    head: Callable[..., Page],
    layout: str,
    back: tuple[str, str],
    picture_href: Callable[[int], str],
) -> HttpResponse:
    """Every page of the paper as a picture; `picture_href` gives the address of one, `head` the page's frame."""
    pictures = [picture_href(number) for number in range(1, paper.page_count + 1)]
    return render(
        request,
        "citizen/preview.html",
        page=head(paper.name, current=PAPERS, back=back),
        layout=layout,
        paper=paper,
        pictures=pictures,
    )


def picture(paper: Paper, number: int) -> HttpResponse:
    """One page of the paper as a picture; it never leaves the reader's browser."""
    response = HttpResponse(preview(paper, page=number, width=WIDTH), content_type=preview_type(paper))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = "inline"
    return response

"""Refusals become pages with our look: what is wrong, why, what to do next, and the code in small letters."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import NoReverseMatch, reverse

from ansinh.platform.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from ansinh.platform.language import translate
from ansinh.web.actors import SignInNeeded, account_of, is_fetch, render
from ansinh.web.clock import now
from ansinh.web.page import NavItem, Page

log = logging.getLogger(__name__)

STATUSES: tuple[tuple[type[DomainError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Invalid, 422),
)
UNAVAILABLE = frozenset({"disk-full"})
TITLES = {
    403: "Không mở được trang này",
    404: "Không tìm thấy trang này",
    409: "Việc này không còn làm được",
    422: "Chưa làm được việc này",
    500: "Máy chủ gặp lỗi",
    503: "Máy chủ đang bận",
}
TITLES_OF_CODES = {"no-post-today": "Hôm nay ông/bà chưa có nhiệm vụ"}
"""Refusals that a common title would tell badly."""


class ErrorPages:
    """Put it last, inside `PageMiddleware`: error pages speak the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the work is in `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for what a context refused, the way to the sign-in, or None for a fault of ours."""
        if isinstance(error, SignInNeeded):
            return _to_sign_in(request, error)
        if isinstance(error, DomainError):
            return refused(request, error)
        return None


def sentence(error: DomainError) -> str:
    """What the error says, in the reader's language."""
    return translate(error.message, **error.facts)


def faults(checks: Mapping[str, Callable[[], object]]) -> dict[str, str]:
    """Control → sentence, for each check that refuses: everything that is missing is said at once."""
    found: dict[str, str] = {}
    for name, check in checks.items():
        try:
            check()
        except Invalid as refused:
            found[name] = sentence(refused)
    return found


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal."""
    if error.code in UNAVAILABLE:
        return 503
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 422)


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page, or the JSON for a script, of a refusal."""
    status = status_of(error)
    if is_fetch(request):
        return JsonResponse({"code": error.code, "message": sentence(error)}, status=status)
    return page(request, status=status, text=sentence(error), code=error.code)


def page(request: HttpRequest, *, status: int, text: str, code: str) -> HttpResponse:
    """An error page with our look; `text` is a finished sentence."""
    title = translate(TITLES_OF_CODES.get(code) or TITLES.get(status, TITLES[422]))
    signed_in = account_of(request) is not None
    return render(
        request,
        "error.html",
        status=status,
        page=Page(title, nav=_nav(), home_href="/"),
        text=text,
        code=code,
        at=now(),
        signed_in=signed_in,
        at_desk=signed_in and request.path.startswith(reverse("officer:home")),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such address."""
    text = translate(
        "Địa chỉ này không có ở đây: có thể gõ thiếu, hoặc trang đã chuyển chỗ. Xin bắt đầu lại từ trang chủ."
    )
    return page(request, status=404, text=text, code="page-not-found")


def forbidden(request: HttpRequest, reason: str = "", **_: object) -> HttpResponse:
    """A form came without its token (the page was open too long, or cookies are off)."""
    text = translate(
        "Trang đã mở quá lâu hoặc trình duyệt chặn cookie nên chưa gửi được. "
        "Xin quay lại, tải lại trang rồi gửi lần nữa."
    )
    return page(request, status=403, text=text, code="form-token")


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours: what was saved stays saved."""
    text = translate(
        "Lỗi ở máy chủ, không phải do ông/bà. Những gì đã lưu vẫn còn. "
        "Xin thử lại sau vài phút; nếu vẫn lỗi, xin báo mã dưới đây."
    )
    return page(request, status=500, text=text, code="server-error")


def _to_sign_in(request: HttpRequest, error: SignInNeeded) -> HttpResponse:
    if is_fetch(request):
        message = translate("Phiên làm việc đã hết. Xin đăng nhập lại; những gì đã lưu vẫn còn.")
        return JsonResponse({"code": "sign-in-needed", "message": message}, status=401)
    return HttpResponseRedirect(error.href)


def _nav() -> list[NavItem]:
    places = (
        (translate("Dịch vụ"), "public:services"),
        (translate("Tra cứu hồ sơ"), "public:look-up"),
        (translate("Hồ sơ của tôi"), "citizen:home"),
    )
    items: list[NavItem] = []
    for label, name in places:
        try:
            items.append(NavItem(label, reverse(name)))
        except NoReverseMatch:
            log.debug("no page is called %s", name)
    return items

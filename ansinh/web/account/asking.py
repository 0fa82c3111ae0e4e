"""Where proof is needed it is asked for, and what was typed on the way is kept in the page that asks."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from ansinh.platform.language import translate
from ansinh.platform.row_security.viewer import Kind, Viewer, viewing
from ansinh.web.account.kept import Kept
from ansinh.web.account.step_up import ask
from ansinh.web.actors import ProofNeeded, is_fetch, someone_signed_in


class AskForProof:
    """Put it last, beside `ErrorPages`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the work is in `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that asks; for a form, with everything that was typed in it."""
        if not isinstance(error, ProofNeeded):
            return None
        if is_fetch(request):
            message = translate("Trang để lâu nên đã khóa. Xin tải lại trang và xác nhận; những gì đã lưu vẫn còn.")
            return JsonResponse({"code": "proof-needed", "message": message}, status=401)
        if request.method in {"GET", "HEAD"}:
            return HttpResponseRedirect(error.href)
        with viewing(Viewer(Kind.PUBLIC)):  # the guarded page has ended, and with it whoever looked
            return ask(request, someone_signed_in(request), onward=error.back_to, kept=Kept.of(request), status=403)

"""Every address: the API's under /api/, the pages' at the root."""

from django.urls import include, path
from django.views.decorators.http import require_POST

from ansinh.api.bank_notices import bank_notices
from ansinh.api.sms_reports import sms_reports

urlpatterns = [
    path("api/v1/sms-reports", require_POST(sms_reports), name="sms-reports"),
    path("api/v1/bank-notices", require_POST(bank_notices), name="bank-notices"),
    path("api/", include("ansinh.api.urls")),
    path("", include("ansinh.web.urls")),
]
handler403 = "ansinh.web.errors.forbidden"
handler404 = "ansinh.web.errors.not_found"
handler500 = "ansinh.web.errors.failed"

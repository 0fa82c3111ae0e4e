"""How this installation sends: providers, addresses, budgets, hours, from the environment or `settings.MESSAGES`."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from django.conf import settings

from ansinh.platform.secrets import secret


@dataclass(frozen=True)
class Options:
    """One value a line; the environment variable is ANSINH_ and the name in capitals."""

    sms_provider: str = "sms_http"
    email_provider: str = "smtp"

    smtp_host: str = "127.0.0.1"
    smtp_port: int = 2525
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = False
    mail_from: str = "An Sinh <khong-tra-loi@ansinh.localhost>"
    mail_domain: str = "ansinh.localhost"

    sms_url: str = "http://127.0.0.1:8026"
    sms_user: str = "ansinh"
    sms_password: str = ""
    sms_brandname: str = "BHXHVN"
    sms_callback_secret: str = ""

    smpp_host: str = "127.0.0.1"
    smpp_port: int = 2775
    smpp_system_id: str = "ansinh"
    smpp_password: str = ""
    smpp_keep_alive: float = 30.0

    timeout_seconds: float = 10.0
    sms_per_number_per_day: int = 30
    sms_per_day: int = 500_000
    email_per_number_per_day: int = 60
    email_per_day: int = 2_000_000
    sms_care_from_hour: int = 7
    sms_care_until_hour: int = 22
    attempts: int = 8
    keep_trying: timedelta = timedelta(hours=48)
    keep_trying_code: timedelta = timedelta(minutes=10)


def options() -> Options:
    """The options in force. A value that cannot be read stops the program with its name."""
    found = Options()
    changes: dict[str, Any] = {}
    for field in fields(found):
        text = os.environ.get(f"ANSINH_{field.name.upper()}")
        if text is not None:
            changes[field.name] = _value(field.name, getattr(found, field.name), text)
    return replace(found, **(changes | getattr(settings, "MESSAGES", {})))


def callback_secret() -> str:
    """What the SMS aggregator signs its call-backs with; made once for this installation if none is given."""
    return options().sms_callback_secret or secret("sms-callback", folder=settings.VAR_DIR / "secrets")


def _value(name: str, default: Any, text: str) -> Any:
    try:
        if isinstance(default, bool):
            return {"1": True, "0": False}[text]
        if isinstance(default, timedelta):
            return timedelta(seconds=float(text))
        return type(default)(text)
    except (KeyError, ValueError) as wrong:
        raise ValueError(f"ANSINH_{name.upper()} cannot be {text!r}") from wrong

"""E-mail through an SMTP relay (RFC 5321). Signing with DKIM is the relay's work."""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from ansinh.notifications.options import Options
from ansinh.notifications.providers.base import Outgoing, PermanentFailure, Provider, TemporaryFailure


class Smtp(Provider):
    """One connection a message. STARTTLS and a password where the options ask for them; certificates are verified."""

    name = "smtp"
    channel = "email"

    def __init__(self, options: Options) -> None:
        self._options = options

    def send(self, message: Outgoing, *, at: datetime) -> str:
        """Hand over to the relay. The reference is our Message-ID, the same at every attempt."""
        letter = self._letter(message, at)
        try:
            with smtplib.SMTP(
                self._options.smtp_host, self._options.smtp_port, timeout=self._options.timeout_seconds
            ) as relay:
                self._open(relay)
                relay.send_message(letter, to_addrs=[message.recipient])
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise _failure(code, words) from refused
        except smtplib.SMTPAuthenticationError as refused:
            raise TemporaryFailure("network-refuses-us", str(refused.smtp_code)) from refused
        except smtplib.SMTPResponseException as refused:
            raise _failure(refused.smtp_code, refused.smtp_error) from refused
        except ssl.SSLError as broken:
            raise TemporaryFailure("network-not-trusted", str(broken)) from broken
        except (OSError, smtplib.SMTPException) as broken:
            raise TemporaryFailure("network-unreachable", str(broken)) from broken
        return str(letter["Message-ID"])

    def _open(self, relay: smtplib.SMTP) -> None:
        if self._options.smtp_starttls:
            relay.starttls(context=ssl.create_default_context())
        if self._options.smtp_user:
            relay.login(self._options.smtp_user, self._options.smtp_password)

    def _letter(self, message: Outgoing, at: datetime) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = self._options.mail_from
        letter["To"] = message.recipient
        letter["Subject"] = message.subject
        letter["Date"] = format_datetime(at)
        letter["Message-ID"] = f"<{message.id}@{self._options.mail_domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.body, cte="quoted-printable")
        return letter


def _failure(code: int, words: bytes | str) -> TemporaryFailure | PermanentFailure:
    """4yz is temporary, 5yz permanent (RFC 5321, 4.2.1)."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if code >= 500:
        return PermanentFailure("recipient-refused", f"{code} {text}")
    return TemporaryFailure("network-busy", f"{code} {text}")

"""The code that travels, read where a person would: in the message."""

import re

from ansinh.notifications.models import Message
from ansinh.people.models import OneTimeCode
from ansinh.people.one_time_codes import secrets


def last_code() -> str:
    """The newest code that is still readable for the one who sends it."""
    code = OneTimeCode.objects.filter(sealed_code__isnull=False).latest("issued_at")
    assert code.sealed_code is not None and code.message_id is not None
    plain = secrets.unseal(bytes(code.sealed_code), row=code.pk)
    assert re.fullmatch(r"\d{6}", plain)
    assert Message.objects.filter(pk=code.message_id).exists(), "the code travels as a message"
    return plain

"""The registry: one file per kind of network, chosen by the options."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ansinh.notifications.options import Options
from ansinh.notifications.providers.base import Provider
from ansinh.notifications.providers.smpp_session import RecordReport
from ansinh.notifications.providers.sms_http import HttpSms
from ansinh.notifications.providers.sms_smpp import SmppSms
from ansinh.notifications.providers.smtp import Smtp

_MAKERS: Mapping[tuple[str, str], Callable[[Options, RecordReport], Provider]] = {
    (HttpSms.channel, HttpSms.name): lambda options, record: HttpSms(options),
    (SmppSms.channel, SmppSms.name): SmppSms,
    (Smtp.channel, Smtp.name): lambda options, record: Smtp(options),
}


def provider_for(channel: str, options: Options, *, record: RecordReport) -> Provider:
    """The provider that these options choose for SMS or e-mail; `record` takes the reports that come on its own line.

    A name without a provider for the channel stops the program.
    """
    name = {"sms": options.sms_provider, "email": options.email_provider}[channel]
    maker = _MAKERS.get((channel, name))
    if maker is None:
        raise ValueError(f"no provider {name!r} for {channel}")
    return maker(options, record)

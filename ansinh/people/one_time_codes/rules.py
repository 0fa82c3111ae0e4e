"""Dated service rules of one-time codes, kept as data beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from ansinh.platform.zone import local_day


@dataclass(frozen=True)
class Rules:
    """The rules of a day. `limits`: what is counted → hours of a window → most codes in it."""

    not_handed_over: timedelta
    not_delivered: timedelta
    countries: tuple[str, ...]
    prefix_digits: int
    limits: Mapping[str, Mapping[int, int]]
    alarm_share: float


def rules(*, at: datetime) -> Rules:
    """The rules in force; `settings.ONE_TIME_CODE_LIMITS` replaces entries of the limits."""
    row = _row(local_day(at))
    return Rules(
        not_handed_over=timedelta(seconds=row["fall_back"]["not_handed_over"]),
        not_delivered=timedelta(seconds=row["fall_back"]["not_delivered"]),
        countries=tuple(row["countries"]),
        prefix_digits=row["prefix_digits"],
        limits={**row["limits"], **getattr(settings, "ONE_TIME_CODE_LIMITS", {})},
        alarm_share=row["alarm_share"],
    )


@cache
def _row(on: date) -> dict[str, Any]:
    rows = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8"))["rules"]
    newest: dict[str, Any] = max(
        (row for row in rows if date.fromisoformat(row["from"]) <= on), key=lambda row: str(row["from"])
    )
    return newest

"""Counts kept while the office works; `statistics.models` imports this file.

What happens inserts facts in the same transaction (triggers of migration 0003): nobody waits for a counter. A round of
the worker adds the facts up (`fold`). A number is read as what was added up and what waits, in one statement.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models

MONTHLY = "chi-tra-hang-thang"
"""What stands for a procedure where a payment is one of a monthly list: no dossier asked for it."""


class Measure(StrEnum):
    """What is counted, and what `bucket` then says. Counted at the office in the dossier's number, except steps."""

    FILED = "filed"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    """The state it closed in."""
    IN_TIME = "in_time"
    """Of those with a result: `early`, `on_time`, `late`, or `no_limit`."""
    DAYS = "days"
    """Of those with a result: calendar days from the day of filing, each number of days apart."""
    RETURNED = "returned"
    """Requests for more, by round."""
    RETURN_REASON = "return_reason"
    """Places asked about, by coded reason."""
    REFUSAL_REASON = "refusal_reason"
    REOPENED = "reopened"
    """Decided dossiers opened again, by ground. A dossier is closed once: at the result that stands."""
    PAYMENT_FORM = "payment_form"
    """Benefits paid in another form: `cash_service_org>bank_account` (R-140)."""
    PAID = "paid"
    """Benefits whose money left, at the office that pays: `in_time` or `late` by their last day (R-188)."""
    STEP = "step"
    """Stages done, by event, at the office that did them; kept by day only."""


class _Cell(models.Model):
    """`channel` and `kind` (individual, organisation) are told of filings only."""

    channel = models.CharField(max_length=20)
    kind = models.CharField(max_length=12)
    measure = models.CharField(max_length=16)
    bucket = models.CharField(max_length=60)
    n = models.BigIntegerField()

    class Meta:
        abstract = True


class Fact(_Cell):
    """Something that was counted (or taken back: `n` below 0) and is not added up yet."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    office_code = models.CharField(max_length=5)
    procedure = models.CharField(max_length=80)

    objects: ClassVar[models.Manager[Fact]] = models.Manager()

    class Meta:
        app_label = "statistics"


class DayCount(_Cell):
    """The facts of one day, office and procedure added up."""

    day = models.DateField()
    office_code = models.CharField(max_length=5)
    procedure = models.CharField(max_length=80)

    objects: ClassVar[models.Manager[DayCount]] = models.Manager()

    class Meta:
        app_label = "statistics"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office_code", "measure", "day", "procedure", "bucket", "channel", "kind"],
                name="one_count_a_day_and_cell",
            ),
        ]


class MonthCount(_Cell):
    """The same for a month, also for whole provinces and the country, and for whole fields and everything.

    `area` is an office, `P` with the province's code, or `VN`; `service` a procedure, `@` with a field, or empty.
    """

    month = models.DateField(help_text="its first day")
    area = models.CharField(max_length=5)
    service = models.CharField(max_length=80)

    objects: ClassVar[models.Manager[MonthCount]] = models.Manager()

    class Meta:
        app_label = "statistics"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "measure", "month", "service", "bucket", "channel", "kind"],
                name="one_count_a_month_and_cell",
            ),
        ]
        indexes: ClassVar = [
            # What a whole country's page asks: one measure over all provinces, for few services.
            models.Index(fields=["measure", "service", "month"], name="counts_of_a_service"),
        ]


class PublishedMonth(models.Model):
    """The open data of a month as they were published; never another table of the same month (open_data.lines)."""

    month = models.DateField(primary_key=True, help_text="its first day")
    rows = models.JSONField(help_text="a list for each open_data.Line")
    published_on = models.DateField()

    objects: ClassVar[models.Manager[PublishedMonth]] = models.Manager()

    class Meta:
        app_label = "statistics"

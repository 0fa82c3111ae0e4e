"""Facts with days: valid from a day, and until one if it is known."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class DateRange(Func):
    """`daterange(valid_from, valid_to)`: the first day counts, the last day counts too."""

    function = "daterange"
    output_field = DateRangeField()


def no_overlap(*keys: str, name: str, message: str, condition: Q | None = None) -> ExclusionConstraint:
    """Two rows of the same key (of those that meet the condition) never hold on the same day."""
    return ExclusionConstraint(
        name=name,
        condition=condition,
        expressions=[(F(key), RangeOperators.EQUAL) for key in keys]
        + [
            (
                DateRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                RangeOperators.OVERLAPS,
            )
        ],
        violation_error_message=message,
    )


def valid_on(day: date) -> Q:
    """Rows with `valid_from` and `valid_to` (both days included) in force on `day`."""
    return Q(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class Dated(models.Model):
    """A fact that begins on a day and may end on one."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

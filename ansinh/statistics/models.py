"""What was planned, to hold the counts against; and the counts."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from ansinh.offices.models import DateRange
from ansinh.platform.identifiers import uuid7
from ansinh.statistics.models_counts import MONTHLY as MONTHLY
from ansinh.statistics.models_counts import DayCount as DayCount
from ansinh.statistics.models_counts import Fact as Fact
from ansinh.statistics.models_counts import Measure as Measure
from ansinh.statistics.models_counts import MonthCount as MonthCount
from ansinh.statistics.models_counts import PublishedMonth as PublishedMonth
from ansinh.statistics.models_targets import ElectronicTarget as ElectronicTarget


class RegistrationPlan(models.Model):
    """How many registrations an office is to approve from a day to a day (R-191); a later row corrects an earlier."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office_code = models.CharField(max_length=5)
    from_day = models.DateField()
    to_day = models.DateField()
    target = models.PositiveIntegerField()
    document = models.CharField(max_length=120, help_text="the plan's number and day")
    set_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT)
    set_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day__gte=F("from_day")) & Q(target__gte=1),
                name="plan_ends_after_it_begins",
                violation_error_message="Kế hoạch có ngày cuối sau ngày đầu và chỉ tiêu từ 1 trở lên.",
            ),
            ExclusionConstraint(
                name="one_plan_an_office_and_day",
                expressions=[
                    ("office_code", RangeOperators.EQUAL),
                    (
                        DateRange("from_day", "to_day", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(replaced_at__isnull=True),
                violation_error_message="Cơ quan này đã có kế hoạch trong thời gian đó.",
            ),
        ]

"""First social insurance numbers: the ranges they come from, and which was given to whom."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import ansinh.platform.identifiers
import ansinh.platform.sealed_fields.fields
import ansinh.registry.models_numbers
from ansinh.platform.audit import fixed_but


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0002_guards"),
        ("registry", "0055_changes_at_their_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberRange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("next_number", models.BigIntegerField(help_text="the next one to be given")),
                (
                    "province",
                    models.CharField(
                        blank=True, help_text="of the offices it is for; empty: every office", max_length=2
                    ),
                ),
                ("valid_from", models.DateField()),
                (
                    "ground",
                    models.CharField(help_text="the letter with which the range was left to us", max_length=200),
                ),
                ("entered_by", models.CharField(max_length=120)),
                ("entered_at", models.DateTimeField()),
                ("closed_on", models.DateField(blank=True, help_text="first day it is no longer used", null=True)),
            ],
            options={
                "ordering": ["first"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first__gte", 1), ("last__gte", models.F("first")), ("last__lte", 9999999999)
                        ),
                        name="number_range_has_ten_digits_and_an_order",
                        violation_error_message="Dải số gồm các số có 10 chữ số, số cuối không nhỏ hơn số đầu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_number__gte", models.F("first")),
                            (
                                "next_number__lte",
                                django.db.models.expressions.CombinedExpression(models.F("last"), "+", models.Value(1)),
                            ),
                        ),
                        name="next_number_lies_in_its_range",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                ansinh.registry.models_numbers.NumberSpan(
                                    "first",
                                    "last",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            )
                        ],
                        name="number_ranges_do_not_overlap",
                        violation_error_message="Dải số này trùng một phần với dải đã nhập.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuedNumber",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("dossier_id", models.UUIDField(help_text="whose decision it was")),
                ("made_at", models.DateTimeField()),
                ("personal_id_number", ansinh.platform.sealed_fields.fields.SealedText(kind="personal-id")),
                ("personal_id_key", ansinh.platform.sealed_fields.fields.BlindIndex("personal_id_number")),
                ("source", models.CharField(help_text="which source gave it", max_length=40)),
                (
                    "insured",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_number",
                        to="registry.insuredperson",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("personal_id_key",), name="one_first_number_per_personal_id")
                ],
            },
        ),
        fixed_but("registry_numberrange", "next_number", "closed_on"),
        fixed_but("registry_issuednumber", "personal_id_key", sealed=["personal_id_number"]),
    ]

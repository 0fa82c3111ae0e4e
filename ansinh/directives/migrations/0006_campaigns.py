"""Campaigns, their units, and every step at a unit."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only, fixed_but

_REFERENCE = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}
_MAYBE = {"null": True, "blank": True, **_REFERENCE}


def _key() -> models.UUIDField:
    return models.UUIDField(
        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
    )


def _codes(field: models.Field, help_text: str) -> django.contrib.postgres.fields.ArrayField:
    return django.contrib.postgres.fields.ArrayField(base_field=field, default=list, help_text=help_text, size=None)


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0005_problems_of_units"),
        ("offices", "0005_announcements"),
        ("people", "0054_pages_of_payment"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", _key()),
                ("title", models.CharField(max_length=200)),
                (
                    "text",
                    models.TextField(help_text="what a unit is to do, paragraphs one a line", max_length=10000),
                ),
                ("counted", models.CharField(help_text="what units count: workers who registered", max_length=120)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(help_text="last day for units")),
                (
                    "offices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        help_text="whose units; those below are named too",
                        size=None,
                    ),
                ),
                ("kinds", _codes(models.CharField(max_length=20), "of organisations; none: all")),
                ("officers", _codes(models.UUIDField(), "only units they look after; none: all")),
                ("communes", _codes(models.CharField(max_length=5), "only units there; none: all")),
                ("opened_at", models.DateTimeField()),
                (
                    "listed_at",
                    models.DateTimeField(blank=True, help_text="from then on every unit is in the list", null=True),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.ForeignKey(to="people.officer", **_MAYBE)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="campaigns", to="offices.office"
                    ),
                ),
                ("opened_by", models.ForeignKey(to="people.officer", **_REFERENCE)),
            ],
            options={
                "indexes": [models.Index(fields=["office", "-opened_at"], name="campaigns_of_office")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="a_campaign_ends_after_it_starts",
                        violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            models.Q(("counted", ""), _negated=True),
                            ("offices__len__gt", 0),
                        ),
                        name="a_campaign_says_what_to_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_ended_campaign_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignUnit",
            fields=[
                ("id", _key()),
                ("commune_code", models.CharField(blank=True, help_text="empty: not known", max_length=5)),
                ("unit_code", models.CharField(blank=True, max_length=20)),
                ("unit_name", models.CharField(max_length=200)),
                ("listed_at", models.DateTimeField()),
                (
                    "told_at",
                    models.DateTimeField(
                        blank=True, help_text="by message; empty: nobody could be told yet", null=True
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("phoned_at", models.DateTimeField(blank=True, null=True)),
                ("doing_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reached",
                    models.PositiveIntegerField(blank=True, help_text="of `out_of`, as said last", null=True),
                ),
                ("out_of", models.PositiveIntegerField(blank=True, null=True)),
                ("reminded_on", models.DateField(blank=True, null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="units", to="directives.campaign"
                    ),
                ),
                ("office", models.ForeignKey(help_text="manages it", to="offices.office", **_REFERENCE)),
                ("officer", models.ForeignKey(help_text="looks after it", to="people.officer", **_MAYBE)),
                ("organisation", models.ForeignKey(to="people.organisation", **_MAYBE)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "office", "officer"], name="campaign_units"),
                    models.Index(fields=["organisation", "-listed_at"], name="campaigns_of_unit"),
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["campaign"],
                        name="campaign_units_not_done",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "office", "unit_code", "unit_name"),
                        name="a_unit_is_asked_once",
                        violation_error_message="Đơn vị đã có trong chiến dịch.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("out_of__isnull", True), ("reached__isnull", True)),
                            models.Q(("out_of__gt", 0), ("reached__lte", models.F("out_of"))),
                            _connector="OR",
                        ),
                        name="a_unit_reaches_no_more_than_it_has",
                        violation_error_message="Số đã làm không lớn hơn tổng số, và tổng số phải lớn hơn 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            models.Q(("doing_at__isnull", False), ("reached__isnull", False)),
                            _connector="OR",
                        ),
                        name="who_is_done_says_how_many",
                        violation_error_message="Đơn vị xong thì cần ghi bao nhiêu trên tổng số bao nhiêu.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("told", "Đã báo tin"),
                            ("read", "Đã đọc"),
                            ("phoned", "Đã gọi điện"),
                            ("doing", "Đang làm"),
                            ("said", "Báo số liệu"),
                            ("done", "Đã xong"),
                            ("reminded", "Đã nhắc"),
                        ],
                        max_length=10,
                    ),
                ),
                ("actor", models.CharField(help_text="label of who did it", max_length=120)),
                ("spoken_to", models.CharField(blank=True, max_length=60)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("reached", models.PositiveIntegerField(blank=True, null=True)),
                ("out_of", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="directives.campaignunit"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "phoned"), _negated=True),
                            models.Q(("spoken_to", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_campaign_call_says_to_whom",
                        violation_error_message="Cuộc gọi phải ghi đã nói chuyện với bộ phận nào.",
                    ),
                ],
            },
        ),
        fixed_but("directives_campaign", "listed_at", "ended_at", "ended_by_id"),
        fixed_but(
            "directives_campaignunit",
            "told_at",
            "read_at",
            "phoned_at",
            "doing_at",
            "done_at",
            "reached",
            "out_of",
            "reminded_on",
        ),
        append_only("directives_campaignstep"),
    ]

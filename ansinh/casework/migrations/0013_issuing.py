"""Cards and books on paper, and the blanks they are printed on."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import fixed_but, watch


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0002_guards"),
        ("casework", "0012_by_rule"),
        ("dossiers", "0092_waiting_for_payment"),
        ("people", "0054_pages_of_payment"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssueItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(choices=[("card", "Thẻ BHYT"), ("book", "Sổ BHXH")], max_length=4)),
                ("si_number", models.CharField(help_text="whose record it is", max_length=10)),
                ("person_name", models.CharField(max_length=100)),
                ("office_code", models.CharField(max_length=5)),
                (
                    "by_post",
                    models.BooleanField(
                        help_text="the applicant wants it by post; else it is handed over at the counter"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_print", "Chờ in"),
                            ("printed", "Đã in, chờ trả"),
                            ("handed_over", "Đã trả tại quầy"),
                            ("posted", "Đã gửi bưu điện"),
                        ],
                        default="to_print",
                        max_length=12,
                    ),
                ),
                ("ordered_at", models.DateTimeField()),
                ("serial", models.CharField(blank=True, help_text="of the blank it was printed on", max_length=20)),
                ("printed_at", models.DateTimeField(blank=True, null=True)),
                ("taken_by", models.CharField(blank=True, max_length=100)),
                ("identity_checked", models.BooleanField(default=False)),
                (
                    "signed_for",
                    models.BooleanField(default=False, help_text="whoever took it signed the list of the counter"),
                ),
                ("tracking_number", models.CharField(blank=True, max_length=30)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="issue_items", to="dossiers.dossier"
                    ),
                ),
                (
                    "effect",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issue_item",
                        to="casework.appliedeffect",
                    ),
                ),
            ],
            options={
                "ordering": ["ordered_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Blank",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(choices=[("card", "Thẻ BHYT"), ("book", "Sổ BHXH")], max_length=4)),
                ("serial", models.CharField(max_length=20)),
                ("office_code", models.CharField(max_length=5)),
                ("used_at", models.DateTimeField()),
                ("spoiled_at", models.DateTimeField(blank=True, null=True)),
                ("why", models.CharField(blank=True, help_text="why it was spoiled", max_length=200)),
                (
                    "spoiled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blanks",
                        to="casework.issueitem",
                    ),
                ),
            ],
            options={
                "ordering": ["used_at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="issueitem",
            index=models.Index(fields=["office_code", "state"], name="issue_items_of_an_office"),
        ),
        migrations.AddConstraint(
            model_name="issueitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("printed_at", None), ("serial", ""), ("state", "to_print")),
                    models.Q(
                        models.Q(("state", "to_print"), _negated=True),
                        models.Q(("serial", ""), _negated=True),
                        ("printed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="printed_item_has_its_blank",
                violation_error_message="Thẻ, sổ đã in phải có số seri của phôi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issueitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "handed_over"), _negated=True),
                    models.Q(
                        models.Q(("taken_by", ""), _negated=True),
                        ("done_at__isnull", False),
                        ("identity_checked", True),
                        ("signed_for", True),
                    ),
                    _connector="OR",
                ),
                name="handed_over_item_says_to_whom",
                violation_error_message="Trả tại quầy phải ghi người nhận, đã đối chiếu giấy tờ và ký nhận.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issueitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "posted"), _negated=True),
                    models.Q(models.Q(("tracking_number", ""), _negated=True), ("done_at__isnull", False)),
                    _connector="OR",
                ),
                name="posted_item_has_a_tracking_number",
                violation_error_message="Gửi bưu điện phải có số hiệu bưu gửi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="blank",
            constraint=models.UniqueConstraint(fields=("kind", "serial"), name="blank_is_used_once"),
        ),
        migrations.AddConstraint(
            model_name="blank",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("spoiled_at", None), ("spoiled_by", None), ("why", "")),
                    models.Q(
                        ("spoiled_at__isnull", False),
                        ("spoiled_by__isnull", False),
                        models.Q(("why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="spoiled_blank_says_why",
                violation_error_message="Phôi hỏng phải ghi lý do.",
            ),
        ),
        migrations.AddConstraint(
            model_name="blank",
            constraint=models.CheckConstraint(
                condition=models.Q(("item__isnull", False), ("spoiled_at__isnull", False), _connector="OR"),
                name="blank_without_item_is_spoiled",
            ),
        ),
        watch("casework_issueitem"),
        fixed_but("casework_blank", "spoiled_at", "spoiled_by_id", "why"),
    ]

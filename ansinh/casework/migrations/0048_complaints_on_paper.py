"""Complaints on paper with their scan, the longer limit of complicated cases, and second complaints to the next level."""

from typing import Final

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import append_only, fixed_but

_ENDS: Final = (
    "state", "outcome", "answer", "answered_by_id", "answered_at", "answered_title", "answered_capacity",
)  # fmt: skip
BEFORE: Final = fixed_but("casework_complaint", *_ENDS)
assert isinstance(BEFORE.sql, str)
assert isinstance(BEFORE.reverse_sql, str)

# The day of the answer moves with the row that says why and by which clause; nobody who answered the first answers the
# second; a first one is passed on only past its day and to a second one.
GUARDS: Final = """
CREATE FUNCTION casework_complaint_day_and_level() RETURNS trigger LANGUAGE plpgsql
    SET ansinh.viewer = 'house' AS $$
BEGIN
    IF NEW.due_on <> OLD.due_on AND NOT EXISTS (
        SELECT FROM casework_complaintextension WHERE complaint_id = NEW.id AND old_due = OLD.due_on
            AND new_due = NEW.due_on
    ) THEN
        RAISE EXCEPTION 'the day of an answer moves only with the row that says why' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.answered_by_id IS NOT NULL AND EXISTS (
        SELECT FROM casework_complaint WHERE id = NEW.first_id AND answered_by_id = NEW.answered_by_id
    ) THEN
        RAISE EXCEPTION 'who answered the first complaint does not answer the second' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_complaint_day_and_level BEFORE UPDATE ON casework_complaint
    FOR EACH ROW EXECUTE FUNCTION casework_complaint_day_and_level();
"""
NO_GUARDS: Final = """
DROP TRIGGER casework_complaint_day_and_level ON casework_complaint;
DROP FUNCTION casework_complaint_day_and_level();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0047_reversals"),
        ("files", "0001_initial"),
        ("platform", "0002_guards"),
        ("people", "0054_pages_of_payment"),
    ]

    operations = [
        migrations.CreateModel(
            name="ComplaintExtension",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("old_due", models.DateField()),
                ("new_due", models.DateField()),
                ("basis_vi", models.CharField(max_length=200)),
                ("why", models.CharField(help_text="as the complainant reads it", max_length=500)),
                ("decided_title", models.CharField(max_length=200)),
                (
                    "complaint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extension", to="casework.complaint"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("new_due__gt", models.F("old_due")),
                            models.Q(("why", ""), _negated=True),
                            models.Q(("basis_vi", ""), _negated=True),
                        ),
                        name="longer_limit_says_why",
                        violation_error_message="Gia hạn trả lời khiếu nại phải có lý do, điều khoản và ngày sau "
                        "ngày cũ.",
                    ),
                ],
            },
        ),
        append_only("casework_complaintextension"),
        migrations.AddField(
            model_name="complaint",
            name="channel",
            field=models.CharField(
                choices=[("portal", "Trên Cổng"), ("counter", "Tại quầy"), ("post", "Qua bưu điện")],
                db_default="portal",
                default="portal",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="complainant",
            field=models.CharField(blank=True, db_default="", help_text="who signed it, on paper", max_length=100),
        ),
        migrations.AddField(
            model_name="complaint",
            name="first",
            field=models.OneToOneField(
                blank=True,
                help_text="of a second complaint: the one whose answer it is about",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="second",
                to="casework.complaint",
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="late_why",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="past the time of the law: what hindered the person",
                max_length=500,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="level",
            field=models.PositiveSmallIntegerField(
                db_default=1, default=1, help_text="2: to the level above the first"
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="received_on",
            field=models.DateField(
                blank=True, help_text="on paper: the day it came in; limits count from it", null=True
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="scan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="scan_name",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AddField(
            model_name="complaint",
            name="typed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.officer",
            ),
        ),
        migrations.AlterField(
            model_name="complaint",
            name="account",
            field=models.ForeignKey(
                blank=True,
                help_text="who filed it in the portal; empty: it came on paper",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="complaint",
            name="state",
            field=models.CharField(
                choices=[
                    ("filed", "Đã nhận khiếu nại, chờ giải quyết"),
                    ("answered", "Đã trả lời khiếu nại"),
                    ("withdrawn", "Đã rút khiếu nại"),
                    ("passed", "Quá hạn trả lời, đã khiếu nại lần hai"),
                ],
                default="filed",
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__isnull", False), ("channel", "portal"), ("typed_by__isnull", True)),
                    models.Q(
                        models.Q(("channel", "portal"), _negated=True),
                        ("account__isnull", True),
                        ("received_on__isnull", False),
                        ("scan__isnull", False),
                        ("typed_by__isnull", False),
                        models.Q(("complainant", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="complaint_on_paper_has_its_scan",
                violation_error_message="Khiếu nại trên giấy phải có bản chụp, người đứng đơn, ngày nhận, người nhập.",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first__isnull", True), ("level", 1)),
                    models.Q(("first__isnull", False), ("level", 2)),
                    _connector="OR",
                ),
                name="second_complaint_follows_a_first",
                violation_error_message="Khiếu nại lần hai phải theo sau khiếu nại lần đầu.",
            ),
        ),
        migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
        fixed_but("casework_complaint", *_ENDS, "due_on"),
        migrations.RunSQL(GUARDS, NO_GUARDS),
    ]

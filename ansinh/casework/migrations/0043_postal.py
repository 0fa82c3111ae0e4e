"""Cards and books lie in a postal item; the numbers of what was posted before stay."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0042_due_changes"),
        ("dossiers", "0121_counted_from"),
        ("people", "0054_pages_of_payment"),
        ("post", "0001_items"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="issueitem",
            name="posted_item_has_a_tracking_number",
        ),
        migrations.AddField(
            model_name="issueitem",
            name="postal",
            field=models.ForeignKey(
                blank=True,
                help_text="the postal item it lies in",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="issue_items",
                to="post.outgoingitem",
            ),
        ),
        migrations.AlterField(
            model_name="issueitem",
            name="tracking_number",
            field=models.CharField(
                blank=True,
                help_text="only of what was posted before postal items were kept; else see `postal`",
                max_length=30,
            ),
        ),
        migrations.AddConstraint(
            model_name="issueitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "posted"), _negated=True),
                    models.Q(
                        ("done_at__isnull", False),
                        models.Q(
                            ("postal__isnull", False), models.Q(("tracking_number", ""), _negated=True), _connector="OR"
                        ),
                    ),
                    _connector="OR",
                ),
                name="posted_paper_lies_in_a_postal_item",
                violation_error_message="Gửi bưu điện phải có bưu gửi.",
            ),
        ),
    ]

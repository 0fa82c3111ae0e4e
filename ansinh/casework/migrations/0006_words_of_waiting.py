"""An approved decision waits for its signature, be it for the time-stamp or for the token."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_approvals_wait"),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "Đã đề xuất"),
                    ("controlled", "Đã kiểm soát"),
                    ("sent_back", "Trả lại chuyên viên"),
                    ("approved", "Đã duyệt, chờ hoàn tất chữ ký số"),
                    ("signed", "Đã ký"),
                ],
                default="proposed",
                max_length=12,
            ),
        ),
    ]

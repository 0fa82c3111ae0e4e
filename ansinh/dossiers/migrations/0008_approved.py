"""A dossier may wait for the time-stamp of its result."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0007_signed_actor"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dossier",
            name="state",
            field=models.CharField(
                choices=[
                    ("submitted", "Đã nhận, chờ kiểm tra"),
                    ("waiting_for_originals", "Đang chờ bản chính qua bưu điện"),
                    ("in_progress", "Đang giải quyết"),
                    ("waiting_for_applicant", "Đang chờ bổ sung"),
                    ("approved", "Đã duyệt, chờ dấu thời gian"),
                    ("granted", "Đã có kết quả"),
                    ("refused", "Không được giải quyết, có lý do"),
                    ("withdrawn", "Đã rút"),
                ],
                max_length=24,
            ),
        ),
    ]

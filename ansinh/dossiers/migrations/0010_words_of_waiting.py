"""An approved dossier waits for its signature, be it for the time-stamp or for the token."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0009_owner"),
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
                    ("approved", "Đã duyệt, chờ hoàn tất chữ ký số"),
                    ("granted", "Đã có kết quả"),
                    ("refused", "Không được giải quyết, có lý do"),
                    ("withdrawn", "Đã rút"),
                ],
                max_length=24,
            ),
        ),
    ]

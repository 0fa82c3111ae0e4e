"""Whose heads protect a person; what mandates give, in words; looks at the page of protected people."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0052_enrolments")]

    operations = [
        migrations.AddField(
            model_name="protection",
            name="office_code",
            field=models.CharField(blank=True, db_default="", help_text="whose heads may end it", max_length=5),
        ),
        migrations.AlterField(
            model_name="mandate",
            name="rights",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("read", "xem hồ sơ"),
                        ("file", "kê khai"),
                        ("sign", "xác nhận và nộp"),
                        ("pay", "nộp tiền"),
                        ("collect", "lĩnh lương hưu, trợ cấp"),
                    ],
                    max_length=8,
                ),
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="reading",
            name="page",
            field=models.CharField(
                choices=[
                    ("dossier", "Trang hồ sơ"),
                    ("work", "Trang xử lý hồ sơ"),
                    ("paper", "Ảnh giấy tờ"),
                    ("file", "Tải tệp giấy tờ"),
                    ("document", "Văn bản của hồ sơ"),
                    ("declaration", "Tờ khai"),
                    ("evidence", "Tải gói bằng chứng"),
                    ("registration", "Đối chiếu đăng ký tài khoản"),
                    ("sign_list", "Danh sách trình ký"),
                    ("search", "Kết quả tìm kiếm"),
                    ("account", "Tra cứu tài khoản"),
                    ("data_request", "Yêu cầu về dữ liệu cá nhân"),
                    ("acting", "Người đại diện và ủy quyền"),
                    ("bank_account", "Đổi tài khoản nhận tiền"),
                    ("organisation", "Tổ chức do cơ quan quản lý"),
                    ("recovery", "Khôi phục tài khoản tại quầy"),
                    ("assisted", "Nộp giúp tại quầy"),
                    ("protection", "Người được bảo vệ riêng"),
                ],
                max_length=16,
            ),
        ),
    ]

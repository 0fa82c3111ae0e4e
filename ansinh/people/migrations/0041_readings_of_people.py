"""Readings of people and organisations outside any dossier: at a counter, of bank accounts, of drafts typed for them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0040_former_contacts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reading",
            name="ground",
            field=models.CharField(
                choices=[
                    ("case", "Đang xử lý hồ sơ"),
                    ("just_acted", "Vừa xử lý xong một bước"),
                    ("counter", "Hoàn tất đăng ký tại quầy"),
                    ("duty", "Việc được giao"),
                    ("look_up", "Tìm hồ sơ theo yêu cầu công việc"),
                    ("purpose", "Mục đích đã chọn và ghi lý do"),
                    ("break_glass", "Mở khẩn cấp"),
                ],
                max_length=12,
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
                ],
                max_length=16,
            ),
        ),
    ]

"""Postal items, both ways."""

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.identifiers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossiers", "0121_counted_from"),
        ("files", "0001_initial"),
        ("people", "0054_pages_of_payment"),
    ]

    operations = [
        migrations.CreateModel(
            name="IncomingItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office_code", models.CharField(max_length=5)),
                ("number", models.CharField(blank=True, help_text="the carrier's, from its bar code", max_length=30)),
                ("sender", models.CharField(max_length=100)),
                ("sender_address", models.CharField(blank=True, max_length=300)),
                ("received_on", models.DateField(help_text="the day of the incoming stamp: limits count from it")),
                ("what", models.CharField(help_text="in words: which papers lie in it", max_length=200)),
                ("registered_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Chưa khớp hồ sơ"),
                            ("matched", "Đã khớp hồ sơ"),
                            ("set_aside", "Không thuộc hồ sơ nào"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "why",
                    models.CharField(
                        blank=True, help_text="why it belongs to nothing, and where it went", max_length=300
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incoming_items",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
            options={
                "ordering": ["received_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="IncomingScan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("page_count", models.PositiveSmallIntegerField()),
                ("scanned_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="post.incomingitem"
                    ),
                ),
                (
                    "scanned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
            options={
                "ordering": ["scanned_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="OutgoingItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=12, unique=True)),
                ("office_code", models.CharField(help_text="who sends it", max_length=5)),
                (
                    "contents",
                    models.CharField(
                        choices=[
                            ("result", "Kết quả giải quyết"),
                            ("card_book", "Thẻ BHYT, sổ BHXH"),
                            ("originals", "Bản chính trả lại"),
                        ],
                        max_length=10,
                    ),
                ),
                ("what", models.CharField(help_text="in words: which papers", max_length=200)),
                ("recipient", models.CharField(max_length=100)),
                ("phone", models.CharField(blank=True, max_length=15)),
                ("address", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "Chờ giao bưu điện"),
                            ("dropped", "Không gửi nữa"),
                            ("posted", "Đã giao bưu điện"),
                            ("delivered", "Đã phát"),
                            ("returned", "Bưu điện hoàn về"),
                            ("sent_again", "Đã gửi lại bằng bưu gửi mới"),
                            ("kept", "Giữ tại quầy chờ người nhận"),
                            ("collected", "Đã nhận tại quầy"),
                        ],
                        default="prepared",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("tracking_number", models.CharField(blank=True, max_length=30)),
                ("posted_at", models.DateTimeField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("return_reason", models.CharField(blank=True, max_length=200)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("send", "Gửi lại"), ("counter", "Nhận tại quầy")],
                        help_text="what the applicant wants done with a returned item",
                        max_length=7,
                    ),
                ),
                ("new_address", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, help_text="account:<id> or officer:<id>", max_length=60)),
                ("ended_at", models.DateTimeField(blank=True, help_text="dropped, sent again, collected", null=True)),
                ("collected_by", models.CharField(blank=True, max_length=100)),
                (
                    "again_of",
                    models.OneToOneField(
                        blank=True,
                        help_text="the one that came back",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="again",
                        to="post.outgoingitem",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outgoing_items",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="incomingitem",
            index=models.Index(fields=["office_code", "state", "received_on"], name="incoming_of_an_office"),
        ),
        migrations.AddConstraint(
            model_name="incomingitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("number", "received_on"),
                name="incoming_number_once_a_day",
                violation_error_message="Bưu gửi này đã vào sổ ngày hôm đó.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incomingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("dossier", None), ("ended_at", None), ("ended_by", None), ("state", "waiting"), ("why", "")
                    ),
                    models.Q(
                        ("dossier__isnull", False),
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("state", "matched"),
                        ("why", ""),
                    ),
                    models.Q(
                        ("dossier", None),
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("state", "set_aside"),
                        models.Q(("why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="incoming_item_says_what_became_of_it",
                violation_error_message="Khớp thì phải có hồ sơ; không thuộc hồ sơ nào thì phải ghi vì sao.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incomingscan",
            constraint=models.UniqueConstraint(fields=("item", "file"), name="scan_once_in_an_item"),
        ),
        migrations.AddIndex(
            model_name="outgoingitem",
            index=models.Index(fields=["office_code", "state"], name="outgoing_of_an_office"),
        ),
        migrations.AddConstraint(
            model_name="outgoingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^BG[0-9]{10}$")), name="outgoing_number_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("tracking_number", ""), _negated=True),
                fields=("tracking_number",),
                name="tracking_number_once",
                violation_error_message="Số hiệu bưu gửi này đã ghi cho một bưu gửi khác.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("posted_at", None), ("state__in", ["prepared", "dropped"]), ("tracking_number", "")),
                    models.Q(
                        models.Q(("state__in", ["prepared", "dropped"]), _negated=True),
                        ("posted_at__isnull", False),
                        ("tracking_number__regex", "^[A-Z0-9]{6,30}$"),
                    ),
                    _connector="OR",
                ),
                name="posted_item_has_its_tracking_number",
                violation_error_message="Bưu gửi đã giao bưu điện phải có số hiệu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delivered_at__isnull", False), ("state", "delivered")),
                    models.Q(models.Q(("state", "delivered"), _negated=True), ("delivered_at", None)),
                    _connector="OR",
                ),
                name="delivered_item_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("returned_at__isnull", False),
                        ("state__in", ["returned", "sent_again", "kept", "collected"]),
                        models.Q(("return_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state__in", ["returned", "sent_again", "kept", "collected"]), _negated=True),
                        ("answer", ""),
                        ("return_reason", ""),
                        ("returned_at", None),
                    ),
                    _connector="OR",
                ),
                name="returned_item_says_why",
                violation_error_message="Bưu gửi hoàn về phải ghi lúc nào và vì sao.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None), ("answered_by", ""), ("new_address", "")),
                    models.Q(
                        ("answer", "counter"),
                        ("answered_at__isnull", False),
                        ("new_address", ""),
                        models.Q(("answered_by", ""), _negated=True),
                    ),
                    models.Q(
                        ("answer", "send"),
                        ("answered_at__isnull", False),
                        models.Q(("answered_by", ""), _negated=True),
                        models.Q(("new_address", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="answer_about_a_returned_item_is_whole",
                violation_error_message="Gửi lại thì cần địa chỉ mới.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state__in", ["dropped", "sent_again", "collected"])),
                    models.Q(
                        models.Q(("state__in", ["dropped", "sent_again", "collected"]), _negated=True),
                        ("ended_at", None),
                    ),
                    _connector="OR",
                ),
                name="ended_outgoing_item_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "collected"), models.Q(("collected_by", ""), _negated=True)),
                    models.Q(models.Q(("state", "collected"), _negated=True), ("collected_by", "")),
                    _connector="OR",
                ),
                name="collected_item_says_by_whom",
                violation_error_message="Nhận tại quầy phải ghi người nhận.",
            ),
        ),
    ]

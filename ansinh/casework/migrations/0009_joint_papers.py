"""Papers that both sides sign."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ansinh.platform.identifiers
from ansinh.platform.audit import watch


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0003_signed_actor"),
        ("casework", "0008_longer_title"),
        ("dossiers", "0090_indexes_for_the_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JointPaper",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=ansinh.platform.identifiers.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Chờ người nộp ký"),
                            ("signed", "Người nộp đã ký"),
                            ("taken_back", "Đã rút để sửa"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("sha256", models.CharField(help_text="of the paper as it was offered", max_length=64)),
                ("offered_at", models.DateTimeField()),
                (
                    "signed_sha256",
                    models.CharField(blank=True, help_text="with the applicant's signature", max_length=64),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("signer", models.CharField(blank=True, help_text="whom the certificate names", max_length=200)),
                ("evidence_id", models.UUIDField(blank=True, help_text="signing.EvidenceRecord", null=True)),
                (
                    "declined_why",
                    models.TextField(blank=True, help_text="the applicant did not agree, in the applicant's words"),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="joint_paper", to="casework.decision"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="joint_papers", to="dossiers.dossier"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="who sent it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(
                                ("evidence_id__isnull", False),
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                models.Q(("signed_sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="signed_joint_paper_has_its_file",
                        violation_error_message="Văn bản đã ký phải có tệp đã ký, người gửi, thời điểm và chứng cứ.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["offered", "signed"])),
                        fields=("dossier",),
                        name="one_joint_paper_at_a_time",
                        violation_error_message="Hồ sơ đang có một văn bản chờ hai bên ký.",
                    ),
                ],
            },
        ),
        watch("casework_jointpaper"),
    ]

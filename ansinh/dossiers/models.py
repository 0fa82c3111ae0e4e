"""The dossier, what it is made of, and what happened to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.dossiers.models_assist import AssistedDraft as AssistedDraft
from ansinh.dossiers.models_claims import ClaimFile as ClaimFile
from ansinh.dossiers.models_claims import ClaimState as ClaimState
from ansinh.dossiers.models_names import FiledName as FiledName
from ansinh.platform.identifiers import uuid7


class Draft(models.Model):
    """Answers while they are being typed. A draft of a person not signed in hangs on the browser session."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey("catalogue.ProcedureVersion", on_delete=models.PROTECT)
    account = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.CASCADE)
    owner_id = models.UUIDField(null=True, blank=True, help_text="the person or organisation whose matter it is")
    session_key = models.CharField(max_length=64, blank=True)
    answers = models.JSONField(default=dict)
    sources = models.JSONField(default=dict, help_text="field key → where its prefilled value came from")
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False) | ~Q(session_key=""),
                name="draft_belongs_to_someone",
                violation_error_message="Bản nháp phải thuộc một tài khoản hoặc một phiên làm việc.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_id", "account", "-updated_at"],
                name="open_drafts",
                condition=Q(submitted_at__isnull=True, discarded_at__isnull=True),
            )
        ]


class DraftPaper(models.Model):
    """A paper put to a requirement of the draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="papers")
    requirement = models.CharField(max_length=60)
    row = models.CharField(max_length=60, blank=True, help_text="row path when asked per row: children[0]")
    paper = models.ForeignKey("files.Paper", on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "requirement", "row", "paper"], name="paper_once_in_draft"),
        ]


class State(models.TextChoices):
    """Who has the dossier and what for. Words for people are in `dossiers/words.py`."""

    SUBMITTED = "submitted", "Đã nhận, chờ kiểm tra"
    WAITING_FOR_ORIGINALS = "waiting_for_originals", "Đang chờ bản chính qua bưu điện"
    WAITING_FOR_PAYMENT = "waiting_for_payment", "Đang chờ nộp tiền"
    IN_PROGRESS = "in_progress", "Đang giải quyết"
    WAITING_FOR_APPLICANT = "waiting_for_applicant", "Đang chờ bổ sung"
    APPROVED = "approved", "Đã duyệt, chờ hoàn tất chữ ký số"
    GRANTED = "granted", "Đã có kết quả"
    REFUSED = "refused", "Không được giải quyết, có lý do"
    WITHDRAWN = "withdrawn", "Đã rút"


CLOSED_STATES = (State.GRANTED, State.REFUSED, State.WITHDRAWN)
STANDING_STILL = (
    State.SUBMITTED, State.WAITING_FOR_ORIGINALS, State.WAITING_FOR_PAYMENT, State.WAITING_FOR_APPLICANT,
)  # fmt: skip
"""The office's clock does not run."""


class Dossier(models.Model):
    """One filed request. `due_on` is derived from events and never edited by hand (ansinh.casework.clock)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=24, unique=True)
    home_office = models.CharField(max_length=5, help_text="the office in the number; never changes")
    office_code = models.CharField(max_length=5, help_text="the office that holds it now")
    chosen_office = models.CharField(max_length=5)
    version = models.ForeignKey("catalogue.ProcedureVersion", on_delete=models.PROTECT)
    procedure = models.CharField(max_length=80)
    account = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, help_text="who filed it"
    )
    owner_id = models.UUIDField(
        help_text="the person or organisation whose matter it is; before its approval the account that registers"
    )
    applicant_name = models.CharField(max_length=100)
    applicant_key = models.CharField(max_length=100, help_text="ansinh.law.names.search_key of the name")
    applicant_born = models.CharField(max_length=10, blank=True)
    si_number = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=15, blank=True)
    email = models.EmailField(blank=True)
    answers = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of canonical answers and paper digests")
    draft_id = models.UUIDField(unique=True, help_text="one draft, one dossier")
    evidence_id = models.UUIDField(null=True, blank=True, help_text="signing.EvidenceRecord")
    channel = models.CharField(max_length=20, default="portal")
    state = models.CharField(max_length=24, choices=State.choices)
    stage = models.CharField(max_length=40, help_text="stage key of the frozen version")
    stage_role = models.CharField(max_length=20, blank=True, help_text="the role that works now; empty: nobody here")
    handler = models.ForeignKey(
        "people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="who was given the present step; kept by a trigger from casework's assignments, never written here",
    )  # fmt: skip
    urgent = models.BooleanField(default=False)
    submitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    counted_from = models.DateField(
        null=True, blank=True,
        help_text="the day on which what completed it came by post: limits count from it; empty: from accepted_at",
    )  # fmt: skip
    closed_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    results_due = models.JSONField(default=list)
    was_late = models.BooleanField(default=False, db_default=False, help_text="closed after its due date")
    reopened_at = models.DateTimeField(
        null=True, blank=True, help_text="when it was last opened again after a result; casework keeps on what ground"
    )
    supplemented_at = models.DateTimeField(null=True, blank=True, help_text="when the last supplement came in")
    last_event_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{5,}/[0-9]{4}/[0-9]{5}$"),
                name="dossier_number_form",
                violation_error_message="Số hồ sơ có dạng NNNNN/YYYY/AAAAA.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED_STATES, closed_at__isnull=False)
                | (~Q(state__in=CLOSED_STATES) & Q(closed_at__isnull=True)),
                name="closed_state_has_closing_time",
                violation_error_message="Hồ sơ đã kết thúc phải có thời điểm kết thúc, hồ sơ đang mở thì không.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=STANDING_STILL) | Q(due_on__isnull=True),
                name="no_due_date_while_standing_still",
                violation_error_message="Hồ sơ chưa tính giờ hoặc đang dừng thì không có ngày hẹn trả.",
            ),
        ]
        indexes = [
            # An office's open work is sorted and counted from this index alone; only the rows shown are fetched.
            # `owner_id` and `procedure` are there for the dossier's wall (ansinh.walls), which looks at each row.
            models.Index(
                fields=["office_code", "stage_role", "due_on", "submitted_at"],
                include=["id", "procedure", "state", "urgent", "supplemented_at", "owner_id", "handler"],
                name="office_work",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(fields=["owner_id", "-submitted_at"], name="my_dossiers"),
            models.Index(fields=["si_number"], name="dossier_si_number"),
            # A search by name reads an office's own names from this index alone, newest first.
            models.Index(
                fields=["office_code", "-submitted_at"],
                include=["applicant_key", "id", "owner_id", "procedure"],
                name="dossier_office_names",
            ),
            models.Index(fields=["applicant_key", "applicant_born"], name="dossier_name_and_birth"),
            models.Index(fields=["office_code", "applicant_key"], name="dossier_name_at_office"),
        ]

    def __str__(self) -> str:
        return self.number


class NumberCounter(models.Model):
    """The last number an office gave in a year; taken in the submitting transaction, so there is no silent gap."""

    office_code = models.CharField(max_length=5)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office_code", "year"], name="one_counter_per_office_year")]


class DossierPaper(models.Model):
    """A paper as it was submitted. A supplement adds a new round, the old paper stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="papers")
    requirement = models.CharField(max_length=60)
    row = models.CharField(max_length=60, blank=True)
    paper = models.ForeignKey("files.Paper", on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    added_at = models.DateTimeField()
    added_by_officer = models.ForeignKey("people.Officer", null=True, blank=True, on_delete=models.PROTECT)


class DossierEvent(models.Model):
    """History, append-only: the database refuses to change or delete a row."""

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    actor = models.CharField(max_length=60, help_text="account:<id>, officer:<id> or system")
    actor_name = models.CharField(max_length=100)
    actor_title = models.CharField(max_length=200, blank=True)
    office_code = models.CharField(max_length=5)
    facts = models.JSONField(default=dict)
    public = models.BooleanField(default=True, help_text="shown to the applicant")

    class Meta:
        indexes = [models.Index(fields=["dossier", "at"])]
        ordering = ["id"]


class SupplementRequest(models.Model):
    """One round of asking. While it is open the clock stands still."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplement_requests")
    round = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Officer", on_delete=models.PROTECT)
    answer_by = models.DateField(help_text="last day for the applicant")
    answered_at = models.DateTimeField(null=True, blank=True)
    letter_sha256 = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey(
        "people.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="the superior who let a second round be",
    )  # fmt: skip
    approved_at = models.DateTimeField(null=True, blank=True)
    why_again = models.TextField(blank=True, db_default="", default="", help_text="why once more")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "round"], name="supplement_round_once"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(answered_at__isnull=True),
                name="one_open_supplement_request",
                violation_error_message="Hồ sơ đang có một yêu cầu bổ sung chưa được trả lời.",
            ),
        ]


class SupplementItem(models.Model):
    """One thing asked for: pinned to a field, a row or a paper, with a coded reason and what a good one looks like."""

    request = models.ForeignKey(SupplementRequest, on_delete=models.PROTECT, related_name="items")
    target_kind = models.CharField(max_length=5, choices=[("field", "Mục khai"), ("row", "Dòng"), ("paper", "Giấy tờ")])
    target = models.CharField(max_length=120, help_text="answer path, or requirement key with its row")
    reason_code = models.CharField(max_length=40)
    clause = models.TextField(db_default="", default="", help_text="of the law, as it was when it was asked")
    wrong = models.TextField(help_text="what is wrong, in the officer's words")
    good = models.TextField(help_text="what a good one looks like")
    before = models.JSONField(null=True, blank=True)
    answered = models.BooleanField(default=False)
    kept = models.BooleanField(
        db_default=False, default=False, help_text="answered without a change: the applicant stands by what was given"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=True) | Q(answered=True),
                name="kept_is_answered",
                violation_error_message="Chỗ giữ nguyên cũng là chỗ đã trả lời.",
            ),
            models.CheckConstraint(
                condition=~Q(target="") & ~Q(reason_code="") & ~Q(clause="") & ~Q(wrong="") & ~Q(good=""),
                name="no_reason_no_return",
                violation_error_message="Mỗi yêu cầu bổ sung phải chỉ rõ chỗ nào, vì sao, theo điều khoản nào, "
                "sai ở đâu và thế nào là đúng.",
            ),
        ]
        ordering = ["id"]


class IdempotencyKey(models.Model):
    """The outcome of a submission, kept by (actor, key): a retry gets the same dossier."""

    actor = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    request_digest = models.CharField(max_length=64)
    dossier_id = models.UUIDField()
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="one_outcome_per_key")]


class RealTime(models.Model):
    """How long dossiers of a procedure took in the last three months, in working days from acceptance."""

    procedure = models.CharField(max_length=80, primary_key=True)
    measured_on = models.DateField()
    count = models.PositiveIntegerField()
    half_within = models.PositiveSmallIntegerField()
    nine_in_ten_within = models.PositiveSmallIntegerField()
    late_permille = models.PositiveSmallIntegerField()


RESULT_XML = "result_xml"
"""Kind of the result as a file for programs; every other issued document is a PDF."""
_FILE_NAMES = {
    "receipt": "giay-tiep-nhan", "supplement": "yeu-cau-bo-sung", "decision": "ket-qua", "refusal": "thong-bao",
    "declaration": "to-khai", "payment": "bien-lai", "apology": "xin-loi",
    "extension": "gia-han", "reopening": "xem-xet-lai", RESULT_XML: "ket-qua",
}  # fmt: skip


class IssuedDocument(models.Model):
    """A paper the office gave: receipt, supplement request, decision, refusal, declaration."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    signed_by = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["issued_at"]

    @property
    def file_name(self) -> str:
        """As people save it."""
        name = _FILE_NAMES.get(self.kind, self.kind)
        return f"{name}-{self.dossier.number.replace('/', '-')}.{self.extension}"

    @property
    def extension(self) -> str:
        """Of its file's name."""
        return "xml" if self.kind == RESULT_XML else "pdf"

    @property
    def media_type(self) -> str:
        """Of its file."""
        return f"application/{self.extension}"
